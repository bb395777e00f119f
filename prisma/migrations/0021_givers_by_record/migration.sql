-- R11.2: the same question as in 0019, asked so that it costs as little in a large house as in a small one: from what was sealed of the
-- record to its few steps, never through all steps of the institution for each record; and what a step was about before is looked up only
-- for steps of the officer in question.
CREATE OR REPLACE FUNCTION refuse_giver_as_checker() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM (
      SELECT s."stepId", s."previousStepId", s."version" FROM "StepSubject" s
      WHERE s."institution" = NEW."institution" AND s."subjectId" = NEW."id" OFFSET 0) given
    CROSS JOIN LATERAL (
      SELECT FROM "Step" t
      WHERE t."institution" = NEW."institution" AND t."id" = given."stepId" AND t."officerId" = NEW."crossCheckedById" OFFSET 0) step
    LEFT JOIN LATERAL (
      SELECT b."version" FROM "StepSubject" b
      WHERE b."institution" = NEW."institution" AND b."subjectId" = NEW."id" AND b."stepId" = given."previousStepId" OFFSET 0) before ON true
    WHERE before."version" IS NULL OR before."version" < given."version"
  ) THEN
    RAISE EXCEPTION 'collector_is_not_checker: who gave a record values does not cross-check it (article 11(2))' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
