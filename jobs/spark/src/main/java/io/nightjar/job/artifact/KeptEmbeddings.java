package io.nightjar.job.artifact;

import io.nightjar.dataset.ImageRef;
import io.nightjar.io.artifact.ArtifactKey;
import io.nightjar.io.artifact.ArtifactStore.Kind;
import io.nightjar.job.artifact.patch.StoredCovariances;
import io.nightjar.job.artifact.patch.StoredPatches;
import io.nightjar.job.embed.Chunk;
import io.nightjar.job.embed.KeptPatches;
import io.nightjar.job.fit.KeptCovariances;
import io.nightjar.job.fit.PatchBlock;
import io.nightjar.job.output.Reuse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.SparkContext;
import org.apache.spark.util.CollectionAccumulator;

/** The embeddings of a category's images, and the covariances of chunks of them, in a store. */
final class KeptEmbeddings {
  private final StoreAccess access;
  private final InputHashes hashes;
  private final CollectionAccumulator<String> faults;
  private final CollectionAccumulator<String> images;
  private final CollectionAccumulator<String> written;
  private final CollectionAccumulator<Integer> chunks;
  private final CollectionAccumulator<Integer> writtenChunks;

  KeptEmbeddings(StoreAccess access, InputHashes hashes) {
    this.access = access;
    this.hashes = hashes;
    SparkContext spark = access.passes().run().spark().sc();
    this.faults = spark.collectionAccumulator();
    this.images = spark.collectionAccumulator();
    this.written = spark.collectionAccumulator();
    this.chunks = spark.collectionAccumulator();
    this.writtenChunks = spark.collectionAccumulator();
  }

  /** Those of some images, which tasks take and keep. */
  KeptPatches patches(List<ImageRef> of) {
    HashMap<String, StoredPatches.Entry> entries = new HashMap<>();
    for (PatchBlock.Source image : hashed(of)) {
      entries.put(
          image.path(),
          new StoredPatches.Entry(
              access.keys().embeddings(image.sha256(), access.passes().whiteLevel()),
              image.sha256()));
    }
    use(Kind.EMBEDDINGS, entries.values().stream().map(StoredPatches.Entry::key).toList());
    return new StoredPatches(
        access.run().folder(),
        entries,
        access.passes().run().configuration(),
        images,
        written,
        faults);
  }

  /** Those of the chunks of some images, in their order. */
  KeptCovariances covariances(List<ImageRef> of) {
    HashMap<Integer, StoredCovariances.Entry> entries = new HashMap<>();
    for (Chunk chunk : Chunk.cutByNames(of, access.keys().chunkImages())) {
      List<PatchBlock.Source> sources = hashed(chunk.images());
      if (sources.size() == chunk.images().size()) {
        List<String> contents = sources.stream().map(PatchBlock.Source::sha256).toList();
        entries.put(
            chunk.index(),
            new StoredCovariances.Entry(
                access.keys().covariance(contents, access.passes().whiteLevel()),
                new ArrayList<>(sources)));
      }
    }
    use(Kind.COVARIANCES, entries.values().stream().map(StoredCovariances.Entry::key).toList());
    return new StoredCovariances(
        access.run().folder(),
        entries,
        access.passes().run().configuration(),
        chunks,
        writtenChunks,
        faults);
  }

  private List<PatchBlock.Source> hashed(List<ImageRef> of) {
    List<PatchBlock.Source> sources = new ArrayList<>();
    for (ImageRef image : of) {
      hashes
          .image(image)
          .ifPresent(sha256 -> sources.add(new PatchBlock.Source(image.relativePath(), sha256)));
    }
    return sources;
  }

  private void use(Kind kind, Collection<ArtifactKey> keys) {
    access.attempt(
        kind.name(),
        () -> {
          access.run().use(kind, keys);
          return true;
        });
  }

  /** What was taken so far; tasks that ran twice count once. */
  Reuse.Embeddings taken() {
    Set<String> taken = new HashSet<>(images.value());
    // The second pass over normal images takes what the first one kept.
    written.value().forEach(taken::remove);
    Set<Integer> takenChunks = new HashSet<>(chunks.value());
    writtenChunks.value().forEach(takenChunks::remove);
    return new Reuse.Embeddings(taken.size(), takenChunks.size());
  }

  /** Why something could not be used or kept, in a sentence. */
  Optional<String> fault() {
    return faults.value().stream().findFirst();
  }
}
