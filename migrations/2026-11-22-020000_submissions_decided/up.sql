-- What waits for confirmation on a day is a hundredth of what was ever submitted: it is found by the day of its decision.
CREATE INDEX task_submissions_decided ON task_submissions (tenant_id, decided_on);
