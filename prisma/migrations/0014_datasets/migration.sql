-- Analysis datasets (art. 18, 19): requests and decisions, the rows for as long as they live, who may read them, who did, and what may be published.

CREATE TABLE "Dataset" (
  "institution" TEXT NOT NULL,
  "id" UUID NOT NULL,
  "state" TEXT NOT NULL,
  "version" INTEGER NOT NULL,
  "organisationName" TEXT NOT NULL,
  "organisationCode" TEXT NOT NULL,
  "contactName" TEXT NOT NULL,
  "contactWay" TEXT NOT NULL,
  "purpose" TEXT NOT NULL,
  "description" TEXT NOT NULL,
  "fields" TEXT[] NOT NULL,
  "yearFrom" INTEGER NOT NULL,
  "yearUntil" INTEGER NOT NULL,
  "categories" TEXT[] NOT NULL,
  "k" INTEGER NOT NULL,
  "l" INTEGER NOT NULL,
  "t" DOUBLE PRECISION,
  "firstDay" TEXT NOT NULL,
  "lastDay" TEXT NOT NULL,
  "agreementDigest" TEXT NOT NULL,
  "requestedById" UUID NOT NULL,
  "askedByIds" UUID[] NOT NULL,
  "requestedAt" TIMESTAMPTZ(3) NOT NULL,
  "decidedById" UUID,
  "decidedAt" TIMESTAMPTZ(3),
  "decisionReason" TEXT,
  "decisionStepId" UUID,
  "rowCount" INTEGER,
  "columns" JSONB,
  "report" JSONB,
  "reportDigest" TEXT,
  "contentDigest" TEXT,
  "generatedAt" TIMESTAMPTZ(3),
  "problem" JSONB,
  "destroyedAt" TIMESTAMPTZ(3),
  "destroyedById" UUID,
  "destructionReason" TEXT,
  "destroyStepId" UUID,
  CONSTRAINT "Dataset_pkey" PRIMARY KEY ("institution", "id"),
  -- Art. 18: who asked does not decide, whatever the program says.
  CONSTRAINT "Dataset_other_decides" CHECK ("decidedById" IS NULL OR NOT ("decidedById" = ANY ("askedByIds"))),
  CONSTRAINT "Dataset_asked" CHECK ("requestedById" = ANY ("askedByIds")),
  CONSTRAINT "Dataset_decided" CHECK ("state" NOT IN ('approved', 'ready', 'impossible', 'destroyed') OR "decidedById" IS NOT NULL)
);
CREATE INDEX "Dataset_institution_state_id_idx" ON "Dataset" ("institution", "state", "id");

CREATE TABLE "DatasetRecipient" (
  "institution" TEXT NOT NULL,
  "id" UUID NOT NULL,
  "datasetId" UUID NOT NULL,
  "number" INTEGER NOT NULL,
  "name" TEXT NOT NULL,
  "droppedAt" TIMESTAMPTZ(3),
  CONSTRAINT "DatasetRecipient_pkey" PRIMARY KEY ("institution", "id")
);
CREATE UNIQUE INDEX "DatasetRecipient_institution_datasetId_number_key" ON "DatasetRecipient" ("institution", "datasetId", "number");

CREATE TABLE "DatasetAccess" (
  "institution" TEXT NOT NULL,
  "id" UUID NOT NULL,
  "datasetId" UUID NOT NULL,
  "recipientId" UUID NOT NULL,
  "tokenHash" TEXT NOT NULL,
  "openedById" UUID NOT NULL,
  "openedAt" TIMESTAMPTZ(3) NOT NULL,
  "revokedById" UUID,
  "revokedAt" TIMESTAMPTZ(3),
  CONSTRAINT "DatasetAccess_pkey" PRIMARY KEY ("institution", "id")
);
CREATE UNIQUE INDEX "DatasetAccess_tokenHash_key" ON "DatasetAccess" ("tokenHash");
CREATE INDEX "DatasetAccess_institution_datasetId_id_idx" ON "DatasetAccess" ("institution", "datasetId", "id");

CREATE TABLE "DatasetKey" (
  "institution" TEXT NOT NULL,
  "datasetId" UUID NOT NULL,
  "box" TEXT NOT NULL,
  CONSTRAINT "DatasetKey_pkey" PRIMARY KEY ("institution", "datasetId")
);

CREATE TABLE "DatasetPiece" (
  "institution" TEXT NOT NULL,
  "datasetId" UUID NOT NULL,
  "piece" INTEGER NOT NULL,
  "box" BYTEA NOT NULL,
  CONSTRAINT "DatasetPiece_pkey" PRIMARY KEY ("institution", "datasetId", "piece")
);

CREATE TABLE "DatasetRead" (
  "institution" TEXT NOT NULL,
  "id" UUID NOT NULL,
  "datasetId" UUID NOT NULL,
  "recipientId" UUID,
  "accessId" UUID,
  "officerId" UUID,
  "what" TEXT NOT NULL,
  "firstRow" INTEGER NOT NULL,
  "rows" INTEGER NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "DatasetRead_pkey" PRIMARY KEY ("institution", "id"),
  CONSTRAINT "DatasetRead_somebody" CHECK (("officerId" IS NULL) <> ("recipientId" IS NULL))
);
CREATE INDEX "DatasetRead_institution_datasetId_id_idx" ON "DatasetRead" ("institution", "datasetId", "id");

CREATE TABLE "DatasetPublication" (
  "institution" TEXT NOT NULL,
  "id" UUID NOT NULL,
  "datasetId" UUID NOT NULL,
  "state" TEXT NOT NULL,
  "title" TEXT NOT NULL,
  "place" TEXT NOT NULL,
  "documentDigest" TEXT NOT NULL,
  "requestedById" UUID NOT NULL,
  "requestedAt" TIMESTAMPTZ(3) NOT NULL,
  "decidedById" UUID,
  "decidedAt" TIMESTAMPTZ(3),
  "decisionReason" TEXT,
  "stepId" UUID,
  CONSTRAINT "DatasetPublication_pkey" PRIMARY KEY ("institution", "id"),
  CONSTRAINT "DatasetPublication_other_decides" CHECK ("decidedById" IS NULL OR "decidedById" <> "requestedById")
);
CREATE INDEX "DatasetPublication_institution_datasetId_id_idx" ON "DatasetPublication" ("institution", "datasetId", "id");

ALTER TABLE "Dataset" ADD CONSTRAINT "Dataset_institution_fkey" FOREIGN KEY ("institution") REFERENCES "Institution" ("code") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Dataset" ADD CONSTRAINT "Dataset_requestedById_fkey" FOREIGN KEY ("requestedById") REFERENCES "Officer" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Dataset" ADD CONSTRAINT "Dataset_decidedById_fkey" FOREIGN KEY ("decidedById") REFERENCES "Officer" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Dataset" ADD CONSTRAINT "Dataset_destroyedById_fkey" FOREIGN KEY ("destroyedById") REFERENCES "Officer" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "DatasetRecipient" ADD CONSTRAINT "DatasetRecipient_institution_datasetId_fkey" FOREIGN KEY ("institution", "datasetId") REFERENCES "Dataset" ("institution", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "DatasetAccess" ADD CONSTRAINT "DatasetAccess_institution_datasetId_fkey" FOREIGN KEY ("institution", "datasetId") REFERENCES "Dataset" ("institution", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "DatasetAccess" ADD CONSTRAINT "DatasetAccess_institution_recipientId_fkey" FOREIGN KEY ("institution", "recipientId") REFERENCES "DatasetRecipient" ("institution", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "DatasetAccess" ADD CONSTRAINT "DatasetAccess_openedById_fkey" FOREIGN KEY ("openedById") REFERENCES "Officer" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "DatasetKey" ADD CONSTRAINT "DatasetKey_institution_datasetId_fkey" FOREIGN KEY ("institution", "datasetId") REFERENCES "Dataset" ("institution", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "DatasetPiece" ADD CONSTRAINT "DatasetPiece_institution_datasetId_fkey" FOREIGN KEY ("institution", "datasetId") REFERENCES "Dataset" ("institution", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "DatasetRead" ADD CONSTRAINT "DatasetRead_institution_datasetId_fkey" FOREIGN KEY ("institution", "datasetId") REFERENCES "Dataset" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "DatasetRead" ADD CONSTRAINT "DatasetRead_institution_recipientId_fkey" FOREIGN KEY ("institution", "recipientId") REFERENCES "DatasetRecipient" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "DatasetRead" ADD CONSTRAINT "DatasetRead_officerId_fkey" FOREIGN KEY ("officerId") REFERENCES "Officer" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "DatasetPublication" ADD CONSTRAINT "DatasetPublication_institution_datasetId_fkey" FOREIGN KEY ("institution", "datasetId") REFERENCES "Dataset" ("institution", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "DatasetPublication" ADD CONSTRAINT "DatasetPublication_requestedById_fkey" FOREIGN KEY ("requestedById") REFERENCES "Officer" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "DatasetPublication" ADD CONSTRAINT "DatasetPublication_decidedById_fkey" FOREIGN KEY ("decidedById") REFERENCES "Officer" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- R18.1: who read what is never unsaid, and a dataset is remembered after it is gone.
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "DatasetRead" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "DatasetRead" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_delete BEFORE DELETE ON "Dataset" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "Dataset" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_delete BEFORE DELETE ON "DatasetPublication" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "DatasetPublication" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- R18.1: what is destroyed stays destroyed, and nothing is put into a dataset that is not there any more.
CREATE FUNCTION dataset_stays_destroyed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Its box may go over to another key, and only where the transaction says that it is re-encrypting.
  IF OLD."state" = 'destroyed' AND (current_setting('vermilion.re_encrypt', true) IS DISTINCT FROM 'on'
    OR to_jsonb(NEW) - 'contactWay' IS DISTINCT FROM to_jsonb(OLD) - 'contactWay') THEN
    RAISE EXCEPTION 'a destroyed dataset does not change (article 18)';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER stays_destroyed BEFORE UPDATE ON "Dataset" FOR EACH ROW EXECUTE FUNCTION dataset_stays_destroyed();
