package io.nightjar.job.artifact;

import io.nightjar.io.artifact.ArtifactKey;
import io.nightjar.io.artifact.ArtifactStore;
import io.nightjar.job.embed.SourceImage;
import io.nightjar.job.measure.DistanceSink;
import java.io.IOException;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Stores distances from within tasks, so that a run that is killed keeps those of the batches that
 * were done.
 *
 * @param folder in which the store is
 * @param faults receives why a batch could not be stored, which costs nothing else
 */
record PackWriter(
    String folder,
    ArtifactKey key,
    Broadcast<SerializableConfiguration> configuration,
    CollectionAccumulator<String> faults)
    implements DistanceSink {
  private static final long serialVersionUID = 1L;

  @Override
  public void accept(List<SourceImage> images, float[] distances) {
    try {
      ArtifactStore.in(folder, configuration.value().value())
          .add(ArtifactStore.Kind.DISTANCES, key, DistancePacks.of(images, distances));
    } catch (IOException e) {
      faults.add(e.getMessage());
    }
  }
}
