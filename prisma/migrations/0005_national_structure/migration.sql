-- The national structure as data (art. 7): editions and code tables that an institution loads, recodings, the officers' mappings of
-- everyday words to codes, what an import could not match, and exports. What decides what is reported is append-only.

CREATE TABLE "LoadedEdition" (
  "institution" TEXT NOT NULL,
  "id" UUID NOT NULL,
  "edition" TEXT NOT NULL,
  "version" INTEGER NOT NULL,
  "zh" TEXT NOT NULL,
  "en" TEXT NOT NULL,
  "source" TEXT NOT NULL,
  "validFrom" TEXT,
  "validUntil" TEXT,
  "categories" TEXT[],
  "verified" BOOLEAN NOT NULL,
  "headings" TEXT NOT NULL,
  "columns" JSONB NOT NULL,
  "fileDigest" TEXT NOT NULL,
  "createdById" UUID NOT NULL,
  "createdAt" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "LoadedEdition_pkey" PRIMARY KEY ("institution", "id")
);
CREATE UNIQUE INDEX "LoadedEdition_institution_edition_version_key" ON "LoadedEdition" ("institution", "edition", "version");

CREATE TABLE "CodeTableVersion" (
  "institution" TEXT NOT NULL,
  "id" UUID NOT NULL,
  "codeTable" TEXT NOT NULL,
  "version" INTEGER NOT NULL,
  "validFrom" TEXT NOT NULL,
  "complete" BOOLEAN NOT NULL,
  "fileDigest" TEXT NOT NULL,
  "added" INTEGER NOT NULL,
  "changed" INTEGER NOT NULL,
  "ended" INTEGER NOT NULL,
  "unchanged" INTEGER NOT NULL,
  "createdById" UUID NOT NULL,
  "createdAt" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "CodeTableVersion_pkey" PRIMARY KEY ("institution", "id")
);
CREATE UNIQUE INDEX "CodeTableVersion_institution_codeTable_version_key" ON "CodeTableVersion" ("institution", "codeTable", "version");

CREATE TABLE "CodeRecoding" (
  "institution" TEXT NOT NULL,
  "codeTable" TEXT NOT NULL,
  "oldCode" TEXT NOT NULL,
  "newCode" TEXT NOT NULL,
  "validFrom" TEXT NOT NULL,
  "versionId" UUID NOT NULL,
  CONSTRAINT "CodeRecoding_pkey" PRIMARY KEY ("institution", "codeTable", "oldCode", "validFrom")
);

CREATE TABLE "CodeMapping" (
  "institution" TEXT NOT NULL,
  "id" UUID NOT NULL,
  "codeTable" TEXT NOT NULL,
  "value" TEXT NOT NULL,
  "code" TEXT NOT NULL,
  "createdById" UUID NOT NULL,
  "createdAt" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "CodeMapping_pkey" PRIMARY KEY ("institution", "id")
);
CREATE INDEX "CodeMapping_institution_codeTable_value_idx" ON "CodeMapping" ("institution", "codeTable", "value");

CREATE TABLE "CodeMappingEnd" (
  "institution" TEXT NOT NULL,
  "mappingId" UUID NOT NULL,
  "endedById" UUID NOT NULL,
  "endedAt" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "CodeMappingEnd_pkey" PRIMARY KEY ("institution", "mappingId")
);

CREATE TABLE "UnmatchedValue" (
  "institution" TEXT NOT NULL,
  "importId" UUID NOT NULL,
  "sequence" INTEGER NOT NULL,
  "codeTable" TEXT NOT NULL,
  "value" TEXT NOT NULL,
  "on" TEXT NOT NULL,
  "count" INTEGER NOT NULL,
  CONSTRAINT "UnmatchedValue_pkey" PRIMARY KEY ("institution", "importId", "sequence")
);

CREATE TABLE "ImportMapping" (
  "institution" TEXT NOT NULL,
  "importId" UUID NOT NULL,
  "mappingId" UUID NOT NULL,
  "rows" INTEGER NOT NULL,
  CONSTRAINT "ImportMapping_pkey" PRIMARY KEY ("institution", "importId", "mappingId")
);

CREATE TABLE "RecordExport" (
  "institution" TEXT NOT NULL,
  "id" UUID NOT NULL,
  "kind" TEXT NOT NULL,
  "edition" TEXT,
  "verified" BOOLEAN NOT NULL,
  "format" TEXT NOT NULL,
  "encoding" TEXT,
  "purpose" TEXT NOT NULL,
  "categories" TEXT[],
  "selection" JSONB NOT NULL,
  "fileName" TEXT NOT NULL,
  "fileDigest" TEXT NOT NULL,
  "size" INTEGER NOT NULL,
  "count" INTEGER NOT NULL,
  "createdById" UUID NOT NULL,
  "createdAt" TIMESTAMPTZ(3) NOT NULL,
  "expiresAt" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "RecordExport_pkey" PRIMARY KEY ("institution", "id")
);

CREATE TABLE "ExportPiece" (
  "institution" TEXT NOT NULL,
  "exportId" UUID NOT NULL,
  "piece" INTEGER NOT NULL,
  "box" BYTEA NOT NULL,
  CONSTRAINT "ExportPiece_pkey" PRIMARY KEY ("institution", "exportId", "piece")
);

ALTER TABLE "LoadedEdition" ADD CONSTRAINT "LoadedEdition_institution_fkey" FOREIGN KEY ("institution") REFERENCES "Institution" ("code") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "LoadedEdition" ADD CONSTRAINT "LoadedEdition_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "Officer" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "CodeTableVersion" ADD CONSTRAINT "CodeTableVersion_institution_fkey" FOREIGN KEY ("institution") REFERENCES "Institution" ("code") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "CodeTableVersion" ADD CONSTRAINT "CodeTableVersion_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "Officer" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "CodeMapping" ADD CONSTRAINT "CodeMapping_institution_fkey" FOREIGN KEY ("institution") REFERENCES "Institution" ("code") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "CodeMapping" ADD CONSTRAINT "CodeMapping_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "Officer" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "CodeMappingEnd" ADD CONSTRAINT "CodeMappingEnd_institution_mappingId_fkey" FOREIGN KEY ("institution", "mappingId") REFERENCES "CodeMapping" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "CodeMappingEnd" ADD CONSTRAINT "CodeMappingEnd_endedById_fkey" FOREIGN KEY ("endedById") REFERENCES "Officer" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "UnmatchedValue" ADD CONSTRAINT "UnmatchedValue_institution_importId_fkey" FOREIGN KEY ("institution", "importId") REFERENCES "Import" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "ImportMapping" ADD CONSTRAINT "ImportMapping_institution_importId_fkey" FOREIGN KEY ("institution", "importId") REFERENCES "Import" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "ImportMapping" ADD CONSTRAINT "ImportMapping_institution_mappingId_fkey" FOREIGN KEY ("institution", "mappingId") REFERENCES "CodeMapping" ("institution", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "RecordExport" ADD CONSTRAINT "RecordExport_institution_fkey" FOREIGN KEY ("institution") REFERENCES "Institution" ("code") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "RecordExport" ADD CONSTRAINT "RecordExport_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "Officer" ("id") ON DELETE RESTRICT ON UPDATE RESTRICT;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "LoadedEdition" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "LoadedEdition" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "CodeTableVersion" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "CodeTableVersion" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "CodeRecoding" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "CodeRecoding" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "CodeMapping" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "CodeMapping" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "CodeMappingEnd" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "CodeMappingEnd" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "RecordExport" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "RecordExport" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
