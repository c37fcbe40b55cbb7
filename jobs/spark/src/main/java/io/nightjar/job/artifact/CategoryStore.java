package io.nightjar.job.artifact;

import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageRef;
import io.nightjar.io.artifact.ArtifactFile;
import io.nightjar.io.artifact.ArtifactKey;
import io.nightjar.io.artifact.ArtifactStore.Kind;
import io.nightjar.io.artifact.DamagedArtifactException;
import io.nightjar.job.fit.CategoryPasses;
import io.nightjar.job.fit.Inspected;
import io.nightjar.job.fit.KeptPatches;
import io.nightjar.job.fit.KnownInspections;
import io.nightjar.job.measure.CountedImage;
import io.nightjar.job.measure.MapMeasure;
import io.nightjar.job.measure.ScoredImage;
import io.nightjar.job.measure.ScoredPart;
import io.nightjar.job.measure.ScoringSink;
import io.nightjar.job.output.CategoryOutcome;
import io.nightjar.job.output.Reuse;
import io.nightjar.job.run.StageClock;
import io.nightjar.text.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.util.CollectionAccumulator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one category takes from the run's store and puts there. A store that fails costs what it
 * would have saved, and nothing else: what cannot be taken is computed, what cannot be kept is
 * told.
 */
public final class CategoryStore {
  private static final Logger LOG = LoggerFactory.getLogger(CategoryStore.class);

  private final RunStore run;
  private final Category category;
  private final CategoryPasses passes;
  private final CollectionAccumulator<String> unwritten;
  private final CollectionAccumulator<String> unusedEmbeddings;
  private final List<String> faults = new ArrayList<>();
  private InputHashes hashes = InputHashes.of(List.of());
  private Optional<ArtifactKey> figures = Optional.empty();
  private boolean bankTaken;
  private int imagesTaken;
  private int imagesCounted;
  private int imagesComputed;

  /** Creates the handle; nothing is read before it is asked for. */
  public CategoryStore(RunStore run, Category category, CategoryPasses passes) {
    this.run = run;
    this.category = category;
    this.passes = passes;
    this.unwritten = passes.run().spark().sc().collectionAccumulator();
    this.unusedEmbeddings = passes.run().spark().sc().collectionAccumulator();
  }

  /**
   * The category's outcome, where all that it depends on is as it was.
   *
   * @param bankImages normal images that its bank is built of
   * @param storedBank what identifies the bank, where it was stored before
   * @param notes shown next to the figures, as far as they are known beforehand
   * @param clock of this run
   */
  public Optional<CategoryOutcome> outcome(
      List<ImageRef> bankImages,
      Optional<String> storedBank,
      List<String> notes,
      StageClock clock) {
    hashes =
        clock.time(
            "hash",
            () ->
                InputHashes.of(
                    passes, Stream.concat(bankImages.stream(), category.test().stream()).toList()));
    figures = run.keys().figures(category, bankImages, storedBank, hashes, notes);
    if (figures.isEmpty()) {
      return Optional.empty();
    }
    String name = Kind.FIGURES.path(figures.get());
    try {
      Optional<ArtifactFile> found =
          clock.time("reuse", () -> attempt(name, () -> find(figures.get())).flatMap(file -> file));
      if (found.isEmpty()) {
        return Optional.empty();
      }
      Reuse reuse = Reuse.ofFigures(category.test().size());
      return Optional.of(StoredOutcome.read(found.get(), category.test(), clock, reuse, name));
    } catch (DamagedArtifactException e) {
      fault(e.getMessage());
      return Optional.empty();
    }
  }

  private Optional<ArtifactFile> find(ArtifactKey key) throws Exception {
    run.use(Kind.FIGURES, key);
    return run.store().find(Kind.FIGURES, key);
  }

  /** Keeps an outcome, which is there from then on, whatever becomes of the run. */
  public void keep(CategoryOutcome outcome) {
    if (figures.isEmpty() || !hashes.agreeWith(outcome.hashes())) {
      return;
    }
    String name = Kind.FIGURES.path(figures.get());
    attempt(
        name,
        () -> {
          run.use(Kind.FIGURES, figures.get());
          run.store().publish(Kind.FIGURES, figures.get(), StoredOutcome.write(outcome));
          return name;
        });
  }

  /** The key of the bank of these images; empty where one of them is not what was hashed. */
  public Optional<ArtifactKey> bankKey(List<ImageRef> images) {
    List<String> contents = new ArrayList<>();
    for (ImageRef image : images) {
      hashes.image(image).ifPresent(contents::add);
    }
    return contents.size() == images.size() && hashes.agreeWith(passes.quarantine().hashes())
        ? Optional.of(run.keys().bank(contents, passes.whiteLevel()))
        : Optional.empty();
  }

  /** Where the bank of a key is kept, as a qualified URI. */
  public String bankUri(ArtifactKey key) {
    return run.store().uri(Kind.BANKS, key);
  }

  /** Enters a bank in the record of the run, before it is written or read. */
  public void useBank(ArtifactKey key) throws IOException {
    run.use(Kind.BANKS, key);
  }

  /** Reports a kept bank that cannot be used, and removes it. */
  public void removeBank(ArtifactKey key, String reason) {
    String name = Kind.BANKS.path(key);
    fault(Text.format("The stored %s cannot be used: %s", name, reason));
    attempt(
        name,
        () -> {
          run.store().remove(name);
          return name;
        });
  }

  /** Enters that the bank was taken, and not built. */
  public void bankTaken() {
    bankTaken = true;
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
    ArtifactKey key = run.keys().distances(bank, passes.whiteLevel());
    int patches = passes.run().backbone().value().spec().patches();
    return attempt(
            Kind.DISTANCES.path(key),
            () -> {
              run.use(Kind.DISTANCES, key);
              return DistancePacks.read(run.store(), key, patches, this::fault);
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
    ArtifactKey key = run.keys().counts(bank, measure);
    return attempt(
            Kind.COUNTS.path(key),
            () -> {
              run.use(Kind.COUNTED, key);
              run.use(Kind.COUNTS, key);
              return CountPacks.read(
                  run.store(),
                  key,
                  images,
                  hashes,
                  image -> hash(image).filter(known::containsKey).isPresent(),
                  this::fault);
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
    ArtifactKey key = run.keys().counts(bank, measure);
    List<CountedImage> counted = new ArrayList<>();
    for (ScoredImage image : part.images()) {
      hash(image.ref())
          .ifPresent(
              sha256 ->
                  counted.add(new CountedImage(image, sha256, hashes.masksAsOne(image.ref()))));
    }
    if (counted.size() < part.images().size() || !hashes.agreeWith(passes.quarantine().hashes())) {
      return;
    }
    attempt(
        Kind.COUNTED.path(key),
        () -> {
          run.store().publish(Kind.COUNTED, key, CountPacks.of(counted, part.counts()));
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
   */
  public ScoringSink sink(String bank, MapMeasure measure, boolean isSearched) {
    return new BatchWriter(
        run.folder(),
        run.keys().distances(bank, passes.whiteLevel()),
        isSearched,
        run.keys().counts(bank, measure),
        passes.run().configuration(),
        unwritten);
  }

  /** Whether patch embeddings of normal images are kept. */
  public boolean keepsEmbeddings() {
    return run.keepsEmbeddings();
  }

  /** The patch embeddings of normal images, which tasks take and keep. */
  public KeptPatches patches(List<ImageRef> images) {
    HashMap<String, StoredPatches.Entry> entries = new HashMap<>();
    for (ImageRef image : images) {
      hashes
          .image(image)
          .ifPresent(
              sha256 ->
                  entries.put(
                      image.relativePath(),
                      new StoredPatches.Entry(
                          run.keys().embeddings(sha256, passes.whiteLevel()), sha256)));
    }
    attempt(
        "embeddings",
        () -> {
          run.use(
              Kind.EMBEDDINGS, entries.values().stream().map(StoredPatches.Entry::key).toList());
          return true;
        });
    return new StoredPatches(run.folder(), entries, passes.run().configuration(), unusedEmbeddings);
  }

  /** What inspections found of files with the contents that they had when the category began. */
  public KnownInspections inspections() {
    return new KnownInspections() {
      @Override
      public Map<ImageRef, Inspected> find(List<ImageRef> images, boolean masks, boolean samples) {
        ArtifactKey key = run.keys().inspections(masks, samples);
        return attempt(
                Kind.INSPECTIONS.path(key),
                () -> {
                  run.use(Kind.INSPECTIONS, key);
                  return StoredInspections.read(
                      run.store(), key, images, hashes, CategoryStore.this::fault);
                })
            .orElse(Map.of());
      }

      @Override
      public void keep(Map<ImageRef, Inspected> found, boolean masks, boolean samples) {
        ArtifactKey key = run.keys().inspections(masks, samples);
        attempt(
            Kind.INSPECTIONS.path(key),
            () -> {
              Optional<ArtifactFile> file = StoredInspections.of(found, hashes);
              if (file.isPresent()) {
                run.store().add(Kind.INSPECTIONS, key, file.get());
              }
              return key;
            });
      }
    };
  }

  /**
   * Enters how many images' distances were taken and how many were computed.
   *
   * @param counted those whose counts were taken as well
   */
  public void images(int taken, int counted, int computed) {
    imagesTaken = taken;
    imagesCounted = counted;
    imagesComputed = computed;
  }

  /** What was taken so far, and what went wrong. */
  public Reuse reuse() {
    List<String> all = new ArrayList<>(faults);
    unwritten.value().stream()
        .findFirst()
        .map(
            reason ->
                Text.format("Distances and counts could not be kept for later runs: %s", reason))
        .ifPresent(all::add);
    unusedEmbeddings.value().stream().findFirst().ifPresent(all::add);
    return new Reuse(
        false, bankTaken, imagesTaken, imagesCounted, imagesComputed, run.changes(), all);
  }

  /** Enters what went wrong, in a sentence. */
  public void fault(String sentence) {
    LOG.warn("{}: {}", category.name(), sentence);
    faults.add(sentence);
  }

  private interface Access<T> {
    T run() throws Exception;
  }

  private <T> Optional<T> attempt(String name, Access<T> access) {
    try {
      return Optional.of(access.run());
    } catch (DamagedArtifactException e) {
      fault(e.getMessage());
    } catch (Exception e) { // whatever the store does, the category goes on without it
      if (passes.run().isCancelled()) {
        throw new IllegalStateException(e);
      }
      LOG.warn("{}: {} of the store {} failed", category.name(), name, run.store().uri(), e);
      faults.add(Text.format("The store failed at %s: %s", name, e.getMessage()));
    }
    return Optional.empty();
  }
}
