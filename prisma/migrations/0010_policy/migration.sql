-- Policy as data (art. 24): every act that sets one is kept for good with who, when and on which basis. Which office owns a category
-- follows from the policy alone. Offices and officers change by sealed steps.

ALTER TABLE "Policy" DROP CONSTRAINT "Policy_pkey";
ALTER TABLE "Policy" ADD COLUMN "id" UUID NOT NULL DEFAULT gen_random_uuid();
ALTER TABLE "Policy" ADD COLUMN "sequence" SERIAL;
ALTER TABLE "Policy" ADD COLUMN "sealedOn" TEXT;
ALTER TABLE "Policy" ADD COLUMN "basisNumber" TEXT;
ALTER TABLE "Policy" ADD COLUMN "basisDigest" TEXT;
ALTER TABLE "Policy" ADD COLUMN "officerId" UUID;
ALTER TABLE "Policy" ADD COLUMN "stepId" UUID;
ALTER TABLE "Policy" ADD COLUMN "at" TIMESTAMPTZ(3);
ALTER TABLE "Policy" ADD CONSTRAINT "Policy_pkey" PRIMARY KEY ("institution", "id");
CREATE UNIQUE INDEX "Policy_institution_sequence_key" ON "Policy" ("institution", "sequence");

ALTER TABLE "Office" DROP COLUMN "categories";
ALTER TABLE "Office" ADD COLUMN "openedOn" TEXT;
ALTER TABLE "Office" ADD COLUMN "closedOn" TEXT;

ALTER TABLE "Officer" ADD COLUMN "initialUntil" TIMESTAMPTZ(3);

CREATE TABLE "OfficeChange" (
  "institution" TEXT NOT NULL,
  "id" UUID NOT NULL,
  "officeId" TEXT NOT NULL,
  "act" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "on" TEXT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  "stepId" UUID NOT NULL,
  CONSTRAINT "OfficeChange_pkey" PRIMARY KEY ("institution", "id")
);
CREATE INDEX "OfficeChange_officeId_id_idx" ON "OfficeChange" ("officeId", "id");

CREATE TABLE "OfficerChange" (
  "institution" TEXT NOT NULL,
  "officerId" UUID NOT NULL,
  "version" INTEGER NOT NULL,
  "act" TEXT NOT NULL,
  "officeId" TEXT NOT NULL,
  "duties" TEXT[],
  "at" TIMESTAMPTZ(3) NOT NULL,
  "stepId" UUID NOT NULL,
  CONSTRAINT "OfficerChange_pkey" PRIMARY KEY ("institution", "officerId", "version")
);

ALTER TABLE "Policy" ADD CONSTRAINT "Policy_officerId_fkey" FOREIGN KEY ("officerId") REFERENCES "Officer" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "Policy" ADD CONSTRAINT "Policy_institution_stepId_fkey" FOREIGN KEY ("institution", "stepId") REFERENCES "Step" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "OfficeChange" ADD CONSTRAINT "OfficeChange_officeId_fkey" FOREIGN KEY ("officeId") REFERENCES "Office" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "OfficeChange" ADD CONSTRAINT "OfficeChange_institution_stepId_fkey" FOREIGN KEY ("institution", "stepId") REFERENCES "Step" ("institution", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "OfficerChange" ADD CONSTRAINT "OfficerChange_officerId_fkey" FOREIGN KEY ("officerId") REFERENCES "Officer" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "OfficerChange" ADD CONSTRAINT "OfficerChange_institution_stepId_fkey" FOREIGN KEY ("institution", "stepId") REFERENCES "Step" ("institution", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- R12.2, R24.1: what an institution ordered is never unsaid.
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "Policy" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "OfficeChange" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "OfficerChange" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "Policy" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "OfficeChange" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "OfficerChange" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
