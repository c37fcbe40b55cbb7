package io.nightjar.job.artifact;

import io.nightjar.io.artifact.ArtifactFile;
import io.nightjar.io.artifact.ArtifactKey;
import io.nightjar.io.artifact.ArtifactStore;
import io.nightjar.io.artifact.ArtifactStore.Kind;
import io.nightjar.job.embed.SourceImage;
import io.nightjar.job.measure.CountedImage;
import io.nightjar.job.measure.ScoringSink;
import io.nightjar.metric.CategoryCounts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Stores distances and counts from within tasks, so that a run that is killed keeps those of the
 * batches that were done.
 *
 * @param folder in which the store is
 * @param distances key of the distances
 * @param others keys of the distances for other numbers of neighbours
 * @param keepsDistances false where they are there already
 * @param keepsCounts false where none are needed
 * @param counts key of the counts
 * @param faults receives why a batch could not be stored, which costs nothing else
 */
record BatchWriter(
    String folder,
    ArtifactKey distances,
    HashMap<Integer, ArtifactKey> others,
    boolean keepsDistances,
    boolean keepsCounts,
    ArtifactKey counts,
    Broadcast<SerializableConfiguration> configuration,
    CollectionAccumulator<String> faults)
    implements ScoringSink {
  private static final long serialVersionUID = 4L;

  @Override
  public void distances(List<SourceImage> images, float[] values) {
    if (keepsDistances) {
      add(Kind.DISTANCES, distances, DistancePacks.of(images, values));
    }
  }

  @Override
  public List<Integer> otherNeighbours() {
    return keepsDistances ? new ArrayList<>(others.keySet()) : List.of();
  }

  @Override
  public void distances(int neighbours, List<SourceImage> images, float[] values) {
    add(Kind.DISTANCES, others.get(neighbours), DistancePacks.of(images, values));
  }

  @Override
  public boolean takesCounts() {
    return keepsCounts;
  }

  @Override
  public void counts(List<CountedImage> images, CategoryCounts of) {
    add(Kind.COUNTS, counts, CountPacks.of(images, of));
  }

  private void add(Kind kind, ArtifactKey key, ArtifactFile file) {
    try {
      ArtifactStore.in(folder, configuration.value().value()).add(kind, key, file);
    } catch (IOException e) {
      faults.add(e.getMessage());
    }
  }
}
