-- Reporting and review: withdrawals, form checks of the national centre, answers to reasons, reminders, a calendar for each institution.

-- Each institution has its own calendar: what was entered for all holds for each that is there.
ALTER TABLE "CalendarDay" RENAME TO "SharedCalendarDay";
ALTER TABLE "SharedCalendarDay" DROP CONSTRAINT "CalendarDay_pkey";
CREATE TABLE "CalendarDay" (
  "institution" TEXT NOT NULL,
  "date" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "setByOffice" TEXT NOT NULL DEFAULT '',
  "noticeDigest" TEXT,
  "setAt" TIMESTAMPTZ(3),
  CONSTRAINT "CalendarDay_pkey" PRIMARY KEY ("institution", "date")
);
INSERT INTO "CalendarDay" ("institution", "date", "kind", "name")
  SELECT i."code", d."date", d."kind", d."name" FROM "SharedCalendarDay" d CROSS JOIN "Institution" i;
DROP TABLE "SharedCalendarDay";
ALTER TABLE "CalendarDay" ADD CONSTRAINT "calendar_day_kind" CHECK ("kind" IN ('holiday', 'working-day', 'as-the-week'));

ALTER TABLE "ReviewReason" ADD COLUMN "source" TEXT NOT NULL DEFAULT 'review';
ALTER TABLE "ReviewReason" ADD COLUMN "answer" TEXT;
ALTER TABLE "ReviewReason" ADD COLUMN "answerEvidence" TEXT;
ALTER TABLE "ReviewReason" ADD COLUMN "answeredAt" TIMESTAMPTZ(3);

CREATE TABLE "RecordWithdrawal" (
  "institution" TEXT NOT NULL,
  "id" UUID NOT NULL,
  "recordId" UUID NOT NULL,
  "stepId" UUID NOT NULL,
  "fromState" TEXT NOT NULL,
  "version" INTEGER NOT NULL,
  "reachedProvince" BOOLEAN NOT NULL,
  "reason" TEXT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "RecordWithdrawal_pkey" PRIMARY KEY ("institution", "id")
);
CREATE INDEX "RecordWithdrawal_institution_recordId_idx" ON "RecordWithdrawal" ("institution", "recordId");

CREATE TABLE "UpwardReport" (
  "institution" TEXT NOT NULL,
  "id" UUID NOT NULL,
  "resolutionId" UUID NOT NULL,
  "stepId" UUID NOT NULL,
  "whole" BOOLEAN NOT NULL,
  "reason" TEXT,
  "reported" INTEGER NOT NULL,
  "missing" INTEGER NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "UpwardReport_pkey" PRIMARY KEY ("institution", "id")
);
CREATE INDEX "UpwardReport_institution_resolutionId_idx" ON "UpwardReport" ("institution", "resolutionId");

CREATE TABLE "FormCheck" (
  "institution" TEXT NOT NULL,
  "id" UUID NOT NULL,
  "stepId" UUID NOT NULL,
  "number" TEXT NOT NULL,
  "feedbackOn" TEXT NOT NULL,
  "fileDigest" TEXT NOT NULL,
  "tableDigest" TEXT,
  "categories" TEXT[],
  "passed" INTEGER NOT NULL,
  "failed" INTEGER NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "FormCheck_pkey" PRIMARY KEY ("institution", "id")
);

CREATE TABLE "FormCheckResult" (
  "institution" TEXT NOT NULL,
  "formCheckId" UUID NOT NULL,
  "recordId" UUID NOT NULL,
  "version" INTEGER NOT NULL,
  "passed" BOOLEAN NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "FormCheckResult_pkey" PRIMARY KEY ("institution", "formCheckId", "recordId")
);
CREATE INDEX "FormCheckResult_institution_recordId_idx" ON "FormCheckResult" ("institution", "recordId");

CREATE TABLE "Reminder" (
  "institution" TEXT NOT NULL,
  "id" UUID NOT NULL,
  "officeId" TEXT NOT NULL,
  "key" TEXT NOT NULL,
  "state" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "phase" TEXT NOT NULL,
  "subjectId" UUID NOT NULL,
  "subjectType" TEXT NOT NULL,
  "category" TEXT,
  "nominal" TEXT NOT NULL,
  "rolled" TEXT NOT NULL,
  "daysLeft" INTEGER NOT NULL,
  "open" INTEGER NOT NULL,
  "nextStep" TEXT,
  "day" TEXT NOT NULL,
  "createdAt" TIMESTAMPTZ(3) NOT NULL,
  "readAt" TIMESTAMPTZ(3),
  "readById" UUID,
  CONSTRAINT "Reminder_pkey" PRIMARY KEY ("institution", "id")
);
CREATE UNIQUE INDEX "Reminder_institution_officeId_key_key" ON "Reminder" ("institution", "officeId", "key");
CREATE INDEX "Reminder_officeId_state_id_idx" ON "Reminder" ("officeId", "state", "id");

ALTER TABLE "RecordWithdrawal" ADD CONSTRAINT "RecordWithdrawal_institution_recordId_fkey" FOREIGN KEY ("institution", "recordId") REFERENCES "DegreeRecord" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "RecordWithdrawal" ADD CONSTRAINT "RecordWithdrawal_institution_stepId_fkey" FOREIGN KEY ("institution", "stepId") REFERENCES "Step" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "UpwardReport" ADD CONSTRAINT "UpwardReport_institution_resolutionId_fkey" FOREIGN KEY ("institution", "resolutionId") REFERENCES "Resolution" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "UpwardReport" ADD CONSTRAINT "UpwardReport_institution_stepId_fkey" FOREIGN KEY ("institution", "stepId") REFERENCES "Step" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "FormCheck" ADD CONSTRAINT "FormCheck_institution_fkey" FOREIGN KEY ("institution") REFERENCES "Institution" ("code") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "FormCheck" ADD CONSTRAINT "FormCheck_institution_stepId_fkey" FOREIGN KEY ("institution", "stepId") REFERENCES "Step" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "FormCheckResult" ADD CONSTRAINT "FormCheckResult_institution_formCheckId_fkey" FOREIGN KEY ("institution", "formCheckId") REFERENCES "FormCheck" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "FormCheckResult" ADD CONSTRAINT "FormCheckResult_institution_recordId_fkey" FOREIGN KEY ("institution", "recordId") REFERENCES "DegreeRecord" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "Reminder" ADD CONSTRAINT "Reminder_institution_fkey" FOREIGN KEY ("institution") REFERENCES "Institution" ("code") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "Reminder" ADD CONSTRAINT "Reminder_officeId_fkey" FOREIGN KEY ("officeId") REFERENCES "Office" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- R12.2: what was withdrawn or checked stays as it was.
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "RecordWithdrawal" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "UpwardReport" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "UpwardReport" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "FormCheck" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "FormCheckResult" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "RecordWithdrawal" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "FormCheck" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "FormCheckResult" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
