-- Directing opinions and requests for explanation, with the unit's answers.

CREATE TABLE task_opinions (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    task_id uuid NOT NULL,
    kind text NOT NULL,
    words text NOT NULL,
    given_by text NOT NULL,
    leader_id uuid,
    given_on date NOT NULL,
    answer_due_on date,
    follows_id uuid,
    answer text,
    answered_by text,
    answered_on date,
    closed_by text,
    closed_on date,
    CONSTRAINT task_opinions_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT task_opinions_task_fkey FOREIGN KEY (tenant_id, task_id) REFERENCES tasks (tenant_id, id),
    CONSTRAINT task_opinions_leader_fkey FOREIGN KEY (tenant_id, leader_id) REFERENCES persons (tenant_id, id),
    CONSTRAINT task_opinions_follows_fkey FOREIGN KEY (tenant_id, follows_id)
        REFERENCES task_opinions (tenant_id, id) DEFERRABLE,
    CONSTRAINT task_opinions_kind_known CHECK (kind IN ('opinion', 'explanation')),
    CONSTRAINT task_opinions_explanation_due CHECK (kind <> 'explanation' OR answer_due_on IS NOT NULL),
    CONSTRAINT task_opinions_answered_whole CHECK ((answer IS NULL) = (answered_on IS NULL)
        AND (answer IS NULL) = (answered_by IS NULL)),
    CONSTRAINT task_opinions_closed_whole CHECK ((closed_by IS NULL) = (closed_on IS NULL)),
    CONSTRAINT task_opinions_ordered CHECK (answer_due_on >= given_on AND answered_on >= given_on AND closed_on >= given_on)
);
CREATE INDEX task_opinions_task ON task_opinions (tenant_id, task_id);
CREATE INDEX task_opinions_open ON task_opinions (tenant_id, answer_due_on) WHERE closed_on IS NULL;
COMMENT ON TABLE task_opinions IS 'What a leader or the Office says about a task: a directing opinion, or a request for explanation; and the answer of the unit that leads it.';
COMMENT ON COLUMN task_opinions.leader_id IS 'The leader whose opinion it is: who gave it, or in whose name the Office did.';
COMMENT ON COLUMN task_opinions.answer_due_on IS 'By when it is to be answered; NULL for an opinion that asks for no answer.';
COMMENT ON COLUMN task_opinions.follows_id IS 'The one that was asked again with this.';
CALL wall_in('task_opinions');
