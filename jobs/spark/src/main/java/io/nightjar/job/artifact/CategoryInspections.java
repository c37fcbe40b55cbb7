package io.nightjar.job.artifact;

import io.nightjar.dataset.ImageRef;
import io.nightjar.io.artifact.ArtifactFile;
import io.nightjar.io.artifact.ArtifactKey;
import io.nightjar.io.artifact.ArtifactStore.Kind;
import io.nightjar.job.fit.Inspected;
import io.nightjar.job.fit.KnownInspections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What inspections found of files with the contents that they had when the category began.
 *
 * @param hashes of all files of the category
 */
record CategoryInspections(StoreAccess access, InputHashes hashes) implements KnownInspections {

  @Override
  public Map<ImageRef, Inspected> find(List<ImageRef> images, boolean masks, boolean samples) {
    ArtifactKey key = access.run().keys().inspections(masks, samples);
    return access
        .attempt(
            Kind.INSPECTIONS.path(key),
            () -> {
              access.run().use(Kind.INSPECTIONS, key);
              return StoredInspections.read(
                  access.run().store(), key, images, hashes, access::fault);
            })
        .orElse(Map.of());
  }

  @Override
  public void keep(Map<ImageRef, Inspected> found, boolean masks, boolean samples) {
    ArtifactKey key = access.run().keys().inspections(masks, samples);
    access.attempt(
        Kind.INSPECTIONS.path(key),
        () -> {
          Optional<ArtifactFile> file = StoredInspections.of(found, hashes);
          if (file.isPresent()) {
            access.run().store().add(Kind.INSPECTIONS, key, file.get());
          }
          return key;
        });
  }
}
