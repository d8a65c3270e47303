-- Tenants are made and read; nothing changes one yet, so the application may not.
REVOKE UPDATE ON tenants FROM dondoc_app;
