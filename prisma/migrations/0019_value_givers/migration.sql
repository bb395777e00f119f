-- R11.2: who gave a record any of its values – collected it, corrected it, attached its photo, filled it from an enrolment record – does not
-- cross-check it. The collector that stands in the record is only the last of them; the sealed steps tell all: a step that made a new
-- version of the record gave it values.
CREATE FUNCTION refuse_giver_as_checker() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM "StepSubject" given
    JOIN "Step" step ON step."institution" = given."institution" AND step."id" = given."stepId"
    LEFT JOIN "StepSubject" before ON before."institution" = given."institution" AND before."stepId" = given."previousStepId"
      AND before."subjectId" = given."subjectId"
    WHERE given."institution" = NEW."institution" AND given."subjectId" = NEW."id" AND step."officerId" = NEW."crossCheckedById"
      AND (before."version" IS NULL OR before."version" < given."version")
  ) THEN
    RAISE EXCEPTION 'collector_is_not_checker: who gave a record values does not cross-check it (article 11(2))' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER giver_is_not_checker BEFORE UPDATE OF "crossCheckedById" ON "DegreeRecord" FOR EACH ROW
  WHEN (NEW."crossCheckedById" IS NOT NULL AND NEW."crossCheckedById" IS DISTINCT FROM OLD."crossCheckedById")
  EXECUTE FUNCTION refuse_giver_as_checker();
