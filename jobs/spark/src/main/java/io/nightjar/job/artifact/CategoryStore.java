package io.nightjar.job.artifact;

import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageRef;
import io.nightjar.io.artifact.ArtifactFile;
import io.nightjar.io.artifact.ArtifactKey;
import io.nightjar.io.artifact.ArtifactStore.Kind;
import io.nightjar.io.artifact.DamagedArtifactException;
import io.nightjar.job.fit.CategoryPasses;
import io.nightjar.job.measure.DistanceSink;
import io.nightjar.job.output.CategoryOutcome;
import io.nightjar.job.output.Reuse;
import io.nightjar.job.run.StageClock;
import io.nightjar.text.Text;
import java.io.IOException;
import java.util.ArrayList;
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
  private final List<String> faults = new ArrayList<>();
  private InputHashes hashes = InputHashes.of(List.of());
  private Optional<ArtifactKey> figures = Optional.empty();
  private boolean bankTaken;
  private int imagesTaken;
  private int imagesComputed;

  /** Creates the handle; nothing is read before it is asked for. */
  public CategoryStore(RunStore run, Category category, CategoryPasses passes) {
    this.run = run;
    this.category = category;
    this.passes = passes;
    this.unwritten = passes.run().spark().sc().collectionAccumulator();
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
      Reuse reuse = new Reuse(true, true, category.test().size(), 0, List.of());
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

  /** Keeps distances to a bank, from within tasks. */
  public DistanceSink sink(String bank) {
    return new PackWriter(
        run.folder(),
        run.keys().distances(bank, passes.whiteLevel()),
        passes.run().configuration(),
        unwritten);
  }

  /** Enters how many images' distances were taken and how many were computed. */
  public void images(int taken, int computed) {
    imagesTaken = taken;
    imagesComputed = computed;
  }

  /** What was taken so far, and what went wrong. */
  public Reuse reuse() {
    List<String> all = new ArrayList<>(faults);
    unwritten.value().stream()
        .findFirst()
        .map(reason -> Text.format("Distances could not be kept for later runs: %s", reason))
        .ifPresent(all::add);
    return new Reuse(false, bankTaken, imagesTaken, imagesComputed, all);
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
