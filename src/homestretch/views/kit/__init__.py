"""What views share: paging, privacy, statistics scope, samples, provenance and caches."""
