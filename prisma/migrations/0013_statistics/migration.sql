-- Statistics as they were published (art. 17): protected figures only, version after version.
CREATE TABLE "StatisticsPublication" (
  "institution" TEXT NOT NULL,
  "id" UUID NOT NULL,
  "year" INTEGER NOT NULL,
  "version" INTEGER NOT NULL,
  "threshold" INTEGER NOT NULL,
  "asOf" TEXT NOT NULL,
  "total" INTEGER NOT NULL,
  "content" JSONB NOT NULL,
  "digest" TEXT NOT NULL,
  "documentNumber" TEXT NOT NULL,
  "verificationCode" TEXT NOT NULL,
  "pdfDigest" TEXT NOT NULL,
  "publishedAt" TIMESTAMPTZ(3) NOT NULL,
  "publishedById" UUID NOT NULL,
  CONSTRAINT "StatisticsPublication_pkey" PRIMARY KEY ("institution", "id")
);
CREATE UNIQUE INDEX "StatisticsPublication_verificationCode_key" ON "StatisticsPublication" ("verificationCode");
CREATE UNIQUE INDEX "StatisticsPublication_institution_year_version_key" ON "StatisticsPublication" ("institution", "year", "version");

ALTER TABLE "StatisticsPublication" ADD CONSTRAINT "StatisticsPublication_institution_fkey" FOREIGN KEY ("institution") REFERENCES "Institution" ("code") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "StatisticsPublication" ADD CONSTRAINT "StatisticsPublication_publishedById_fkey" FOREIGN KEY ("publishedById") REFERENCES "Officer" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What the database itself refuses, whoever asks: no count below the threshold as a total, no change to what is public.
ALTER TABLE "StatisticsPublication" ADD CONSTRAINT "published_total_is_no_small_cell" CHECK ("threshold" >= 3 AND "total" >= "threshold" AND "version" >= 1);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON "StatisticsPublication" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON "StatisticsPublication" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Counts of filed records read this index alone. Records that are not filed are not in it, so that collecting costs nothing.
CREATE INDEX "DegreeRecord_filed_counts_idx" ON "DegreeRecord" ("institution", "conferralDate", "category", "disciplineCode", "sex", "country", "disciplineName") WHERE "state" = 'filed';
