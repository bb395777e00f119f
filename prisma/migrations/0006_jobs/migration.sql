-- Long work behind an answer (one-time links for thousands, reminders): rows instead of timers, so that it survives a kill and can be asked about.

CREATE TABLE "Job" (
  "institution" TEXT NOT NULL,
  "id" UUID NOT NULL,
  "kind" TEXT NOT NULL,
  "key" TEXT,
  "state" TEXT NOT NULL,
  "officeId" TEXT NOT NULL,
  "createdById" UUID,
  "input" JSONB NOT NULL,
  "position" JSONB,
  "total" INTEGER NOT NULL,
  "done" INTEGER NOT NULL DEFAULT 0,
  "failed" INTEGER NOT NULL DEFAULT 0,
  "attempts" INTEGER NOT NULL DEFAULT 0,
  "lastError" TEXT,
  "runAt" TIMESTAMPTZ(3) NOT NULL,
  "leaseUntil" TIMESTAMPTZ(3),
  "createdAt" TIMESTAMPTZ(3) NOT NULL,
  "finishedAt" TIMESTAMPTZ(3),
  CONSTRAINT "Job_pkey" PRIMARY KEY ("institution", "id")
);
CREATE UNIQUE INDEX "Job_institution_kind_key_key" ON "Job" ("institution", "kind", "key");
CREATE INDEX "Job_state_runAt_idx" ON "Job" ("state", "runAt");
