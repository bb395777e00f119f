-- Who signed in, who failed to, and whose account was locked (R23.1). Of a name that nobody has only a keyed mark is kept.
CREATE TABLE "SignInAttempt" (
    "id" UUID NOT NULL,
    "institution" TEXT,
    "officeId" TEXT,
    "officerId" UUID,
    "outcome" TEXT NOT NULL,
    "unknownName" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    CONSTRAINT "SignInAttempt_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "SignInAttempt_institution_id_idx" ON "SignInAttempt" ("institution", "id");
CREATE INDEX "SignInAttempt_officerId_at_idx" ON "SignInAttempt" ("officerId", "at");
CREATE INDEX "SignInAttempt_at_idx" ON "SignInAttempt" ("at");
ALTER TABLE "SignInAttempt" ADD CONSTRAINT "SignInAttempt_officerId_fkey"
  FOREIGN KEY ("officerId") REFERENCES "Officer"("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- The steps of one kind, and of one officer, without reading the whole log.
CREATE INDEX "Step_institution_name_at_idx" ON "Step" ("institution", "name", "at");
CREATE INDEX "Step_officerId_leafIndex_idx" ON "Step" ("officerId", "leafIndex");
CREATE INDEX "Step_institution_at_idx" ON "Step" ("institution", "at");
CREATE INDEX "Reveal_institution_at_idx" ON "Reveal" ("institution", "at");
CREATE INDEX "Examination_institution_at_idx" ON "Examination" ("institution", "at");

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "SignInAttempt" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "SignInAttempt" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
