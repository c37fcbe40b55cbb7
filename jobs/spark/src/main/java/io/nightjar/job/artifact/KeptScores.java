package io.nightjar.job.artifact;

import io.nightjar.dataset.ImageRef;
import io.nightjar.io.artifact.ArtifactKey;
import io.nightjar.io.artifact.ArtifactStore.Kind;
import io.nightjar.job.measure.CountedImage;
import io.nightjar.job.measure.MapMeasure;
import io.nightjar.job.measure.ScoredImage;
import io.nightjar.job.measure.ScoredPart;
import io.nightjar.job.measure.ScoringSink;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.util.CollectionAccumulator;

/** What the run's store keeps of one category's test images: distances to banks, and counts. */
public final class KeptScores {
  private final StoreAccess access;
  private final InputHashes hashes;
  private final CollectionAccumulator<String> unwritten;
  private int taken;
  private int counted;
  private int computed;

  KeptScores(StoreAccess access, InputHashes hashes) {
    this.access = access;
    this.hashes = hashes;
    this.unwritten = access.passes().run().spark().sc().collectionAccumulator();
  }

  /** Whether the counts of test images are kept and taken. */
  public boolean keepsCounts() {
    return access.run().keepsCounts();
  }

  /** The hash of an image's file, as it was when the category began. */
  public Optional<String> hash(ImageRef image) {
    return hashes.image(image);
  }

  /**
   * All distances to a bank that are kept, by the hash of each image's file.
   *
   * @param bank what identifies it
   */
  public Map<String, KnownDistances> distances(String bank) {
    ArtifactKey key = access.keys().distances(bank, access.passes().whiteLevel());
    int patches = access.passes().spec().patches();
    return access
        .attempt(
            Kind.DISTANCES.path(key),
            () -> {
              access.run().use(Kind.DISTANCES, key);
              return DistancePacks.read(access.run().store(), key, patches, access::fault);
            })
        .orElse(Map.of());
  }

  /**
   * The counts of test images that are kept, with the contents that their files had when the
   * category began.
   *
   * @param bank what identifies it
   * @param measure how maps and masks are brought together
   * @param known all distances to the bank that are kept
   */
  public KnownCounts counts(
      String bank, MapMeasure measure, List<ImageRef> images, Map<String, KnownDistances> known) {
    ArtifactKey key = access.keys().counts(bank, measure);
    return access
        .attempt(
            Kind.COUNTS.path(key),
            () -> {
              access.run().use(Kind.COUNTED, key);
              access.run().use(Kind.COUNTS, key);
              return CountPacks.read(
                  access.run().store(),
                  key,
                  images,
                  hashes,
                  measure.imageScore(),
                  image -> hash(image).filter(known::containsKey).isPresent(),
                  access::fault);
            })
        .orElseGet(KnownCounts::none);
  }

  /**
   * Keeps the counts of all test images in one file, for the run that counts almost the same
   * images.
   *
   * @param bank what identifies the one that they were compared with
   * @param measure how maps and masks were brought together
   */
  public void keepCounts(String bank, MapMeasure measure, ScoredPart part) {
    ArtifactKey key = access.keys().counts(bank, measure);
    List<CountedImage> counted = new ArrayList<>();
    for (ScoredImage image : part.images()) {
      hash(image.ref())
          .ifPresent(
              sha256 ->
                  counted.add(new CountedImage(image, sha256, hashes.masksAsOne(image.ref()))));
    }
    if (counted.size() < part.images().size()
        || !hashes.agreeWith(access.passes().quarantine().hashes())) {
      return;
    }
    access.attempt(
        Kind.COUNTED.path(key),
        () -> {
          access.run().store().publish(Kind.COUNTED, key, CountPacks.of(counted, part.counts()));
          return key;
        });
  }

  /**
   * Keeps what is found of test images, from within tasks.
   *
   * @param bank what identifies it
   * @param measure how maps and masks are brought together
   * @param isSearched whether distances are kept; otherwise they are there, and counts are kept
   *     alone
   * @param isCounted whether counts are kept
   */
  public ScoringSink sink(String bank, MapMeasure measure, boolean isSearched, boolean isCounted) {
    return new BatchWriter(
        access.run().folder(),
        access.keys().distances(bank, access.passes().whiteLevel()),
        new HashMap<>(isSearched ? others(bank) : Map.of()),
        isSearched,
        isCounted,
        access.keys().counts(bank, measure),
        access.passes().run().configuration(),
        unwritten);
  }

  /** The keys of distances for numbers of neighbours that later runs ask for. */
  private Map<Integer, ArtifactKey> others(String bank) {
    Map<Integer, ArtifactKey> others = new HashMap<>();
    for (int neighbours : access.run().otherNeighbours()) {
      ArtifactKey key = access.keys().distances(bank, access.passes().whiteLevel(), neighbours);
      access
          .attempt(
              Kind.DISTANCES.path(key),
              () -> {
                access.run().use(Kind.DISTANCES, key);
                return key;
              })
          .ifPresent(entered -> others.put(neighbours, entered));
    }
    return others;
  }

  /**
   * Enters how many images' distances were taken and how many were computed.
   *
   * @param counted those whose counts were taken as well
   */
  public void images(int taken, int counted, int computed) {
    this.taken = taken;
    this.counted = counted;
    this.computed = computed;
  }

  int taken() {
    return taken;
  }

  int counted() {
    return counted;
  }

  int computed() {
    return computed;
  }

  /** Why something could not be kept, in a sentence. */
  Optional<String> fault() {
    return unwritten.value().stream()
        .findFirst()
        .map(
            reason ->
                Text.format("Distances and counts could not be kept for later runs: %s", reason));
  }
}
