-- How many rows of a file were judged: a dry run stops where the problems are too many to keep. Until now it judged them all.
ALTER TABLE "Import" ADD COLUMN "judged" INTEGER;
UPDATE "Import" SET "judged" = "total";
ALTER TABLE "Import" ALTER COLUMN "judged" SET NOT NULL;
