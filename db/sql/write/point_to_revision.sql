UPDATE documents
SET revision_id = :revision, revisions = :revisions, published_on = :published_on, jalali_month = :month,
  kind = coalesce(:kind, kind)
WHERE id = :id
  AND (revision_id IS NOT :revision OR revisions <> :revisions OR published_on IS NOT :published_on
    OR jalali_month IS NOT :month OR kind <> coalesce(:kind, kind))
