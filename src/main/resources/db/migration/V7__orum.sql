-- Pages of book transfers, newest first. Each is in one of the first two; those of one account that were
-- posted are found by its postings (transfer_debit, transfer_credit).
CREATE INDEX orum_completed ON transfer (tenant_id, id)
  WHERE kind = 'orum.booktransfer' AND status = 0;

CREATE INDEX orum_failed ON transfer (tenant_id, id)
  WHERE kind = 'orum.booktransfer' AND status = 1;

CREATE INDEX orum_failed_debit ON transfer (tenant_id, debit_account, created_at, id)
  WHERE kind = 'orum.booktransfer' AND status = 1;

CREATE INDEX orum_failed_credit ON transfer (tenant_id, credit_account, created_at, id)
  WHERE kind = 'orum.booktransfer' AND status = 1;
