-- R11.7: what was matched to a certificate template stays what it was. A template is never changed or removed; only its last day is set,
-- and never to a day before the conferral date of a record that is matched to it.

CREATE FUNCTION guard_template() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(NEW) - 'validUntil' IS DISTINCT FROM to_jsonb(OLD) - 'validUntil' THEN
    RAISE EXCEPTION 'the original-record archive is append-only (article 12): % on %', TG_OP, TG_TABLE_NAME USING ERRCODE = 'check_violation';
  END IF;
  IF EXISTS (
    SELECT FROM "DegreeRecord"
    WHERE "institution" = NEW."institution" AND "certificateTemplateId" = NEW."id" AND "conferralDate" > NEW."validUntil"
  ) THEN
    RAISE EXCEPTION 'a certificate template cannot end before a record that is matched to it (article 11(7))' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER only_its_end_changes BEFORE UPDATE ON "CertificateTemplate" FOR EACH ROW EXECUTE FUNCTION guard_template();
CREATE TRIGGER append_only BEFORE DELETE ON "CertificateTemplate" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "CertificateTemplate" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
