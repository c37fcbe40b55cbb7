package io.nightjar.job.artifact;

import io.nightjar.bank.store.StoredBank;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageRef;
import io.nightjar.error.InvalidInputException;
import io.nightjar.io.StorageException;
import io.nightjar.io.artifact.ArtifactFile;
import io.nightjar.io.artifact.ArtifactKey;
import io.nightjar.io.artifact.ArtifactStore.Kind;
import io.nightjar.io.artifact.DamagedArtifactException;
import io.nightjar.job.embed.Chunk;
import io.nightjar.job.embed.KeptPatches;
import io.nightjar.job.fit.CategoryPasses;
import io.nightjar.job.fit.KeptCovariances;
import io.nightjar.job.fit.KnownInspections;
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
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What one category takes from the run's store and puts there. A store that fails costs what it
 * would have saved, and nothing else: what cannot be taken is computed, what cannot be kept is
 * reported.
 */
public final class CategoryStore {
  private final StoreAccess access;
  private final Category category;
  private final CategoryPasses passes;
  private InputHashes hashes = InputHashes.of(List.of());
  private KeptScores scores;
  private KeptEmbeddings embeddings;
  private Optional<ArtifactKey> figures = Optional.empty();
  private final Map<ArtifactKey, String> bankContents = new HashMap<>();
  private boolean bankTaken;
  private boolean bankBuilt;

  /** Creates the handle; nothing is read before it is asked for. */
  public CategoryStore(RunStore run, Category category, CategoryPasses passes) {
    this.access = new StoreAccess(run, category.name(), passes);
    this.category = category;
    this.passes = passes;
    this.scores = new KeptScores(access, hashes);
    this.embeddings = new KeptEmbeddings(access, hashes);
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
    hash(Stream.concat(bankImages.stream(), category.test().stream()).toList(), clock);
    figures = access.run().keys().figures(category, bankImages, storedBank, hashes, notes);
    if (figures.isEmpty()) {
      return Optional.empty();
    }
    String name = Kind.FIGURES.path(figures.get());
    try {
      Optional<ArtifactFile> found =
          clock.time(
              "reuse", () -> access.attempt(name, () -> find(figures.get())).flatMap(file -> file));
      if (found.isEmpty()) {
        return Optional.empty();
      }
      Reuse reuse = Reuse.ofFigures(category.test().size());
      return Optional.of(
          StoredOutcome.read(
              found.get(), category.test(), access.run().keys().imageScore(), clock, reuse, name));
    } catch (DamagedArtifactException e) {
      access.fault(e.getMessage());
      return Optional.empty();
    }
  }

  /**
   * Reads all files once, for their hashes; nothing is taken or kept of other files.
   *
   * @param clock of this run
   */
  public void hash(List<ImageRef> images, StageClock clock) {
    use(clock.time("hash", () -> InputHashes.of(passes, images)));
  }

  /**
   * The same of files that were read before.
   *
   * @param images SHA-256 of the images' files by their paths
   */
  public void hashed(Map<String, String> images) {
    use(InputHashes.ofImages(images));
  }

  private void use(InputHashes of) {
    hashes = of;
    scores = new KeptScores(access, hashes);
    embeddings = new KeptEmbeddings(access, hashes);
  }

  private Optional<ArtifactFile> find(ArtifactKey key) throws Exception {
    access.run().use(Kind.FIGURES, key);
    return access.run().store().find(Kind.FIGURES, key);
  }

  /** Keeps an outcome, which is there from then on, whatever becomes of the run. */
  public void keep(CategoryOutcome outcome) {
    if (figures.isEmpty() || !hashes.agreeWith(outcome.hashes())) {
      return;
    }
    String name = Kind.FIGURES.path(figures.get());
    access.attempt(
        name,
        () -> {
          access.run().use(Kind.FIGURES, figures.get());
          access.run().store().publish(Kind.FIGURES, figures.get(), StoredOutcome.write(outcome));
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
        ? Optional.of(access.keys().bank(contents, chunks(images), passes.whiteLevel()))
        : Optional.empty();
  }

  /** The sizes of the chunks, by whose sums the components are fitted. */
  private List<Integer> chunks(List<ImageRef> images) {
    return Chunk.cutByNames(images, access.run().keys().chunkImages()).stream()
        .map(chunk -> chunk.images().size())
        .toList();
  }

  /** Where the bank of a key is kept, as a qualified URI. */
  public String bankUri(ArtifactKey key) {
    return access.run().store().uri(Kind.BANKS, key);
  }

  /** Enters a bank in the record of the run, before it is written or read. */
  public void useBank(ArtifactKey key) throws IOException {
    access.run().use(Kind.BANKS, key);
  }

  /** Enters what a kept bank consists of, once it is found or written. */
  public void bankIs(ArtifactKey key, StoredBank bank) {
    bankContents.put(key, bank.contents());
  }

  /** What a kept bank consists of; empty where it was neither found nor written. */
  public Optional<String> bankContents(ArtifactKey key) {
    return Optional.ofNullable(bankContents.get(key));
  }

  /** Reports a kept bank that cannot be used, and removes it. */
  public void removeBank(ArtifactKey key, String reason) {
    String name = Kind.BANKS.path(key);
    access.fault(Text.format("The stored %s cannot be used: %s", name, reason));
    access.attempt(
        name,
        () -> {
          access.run().store().remove(name);
          return name;
        });
  }

  /**
   * Does something with a kept bank.
   *
   * @return empty where one of its files turned out not to be what its manifest says, and it was
   *     removed from the store, or where the storage did not answer
   */
  public <T> Optional<T> unlessUnusable(ArtifactKey key, Supplier<T> work) {
    try {
      return Optional.of(work.get());
    } catch (Exception e) { // Spark throws checked exceptions unannounced
      Throwable root = root(e);
      if (root instanceof InvalidInputException) {
        removeBank(key, root.getMessage());
      } else if (storageFailure(e).isPresent()) {
        fault(Text.format("The kept bank could not be read: %s", root.getMessage()));
      } else {
        throw e;
      }
      return Optional.empty();
    }
  }

  /**
   * The storage's failure that ended some work; empty where something else did, or the run was
   * cancelled. Where it is that of the images, what is done without the store meets it again.
   */
  public Optional<Throwable> storageFailure(Throwable failure) {
    return Optional.of(root(failure))
        .filter(root -> root instanceof IOException || root instanceof StorageException)
        .filter(root -> !passes.run().isCancelled());
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && !(root instanceof InvalidInputException)) {
      root = root.getCause();
    }
    return root;
  }

  /** Enters that the bank was taken, and not built. */
  public void bankTaken() {
    bankTaken = true;
  }

  /** Enters that the bank was built, since it was not there. */
  public void bankBuilt() {
    bankBuilt = true;
  }

  /** The hash of an image's file, as it was when the category began. */
  public Optional<String> hash(ImageRef image) {
    return hashes.image(image);
  }

  /** Whether patch embeddings are kept. */
  public boolean keepsEmbeddings() {
    return access.run().keepsEmbeddings();
  }

  /** The patch embeddings of images, which tasks take and keep. */
  public KeptPatches patches(List<ImageRef> images) {
    return embeddings.patches(images);
  }

  /**
   * The covariances of chunks of normal images, which tasks take and keep.
   *
   * @param images of which the chunks are cut, in their order
   */
  public KeptCovariances covariances(List<ImageRef> images) {
    return embeddings.covariances(images);
  }

  /** What inspections found of files with the contents that they had when the category began. */
  public KnownInspections inspections() {
    return new CategoryInspections(access, hashes);
  }

  /** What is kept of test images with the contents that they had when the category began. */
  public KeptScores scores() {
    return scores;
  }

  /** What was taken so far, and what went wrong. */
  public Reuse reuse() {
    List<String> all = new ArrayList<>(access.faults());
    scores.fault().ifPresent(all::add);
    embeddings.fault().ifPresent(all::add);
    return new Reuse(
        false,
        bankTaken,
        bankBuilt,
        scores.taken(),
        scores.counted(),
        scores.computed(),
        embeddings.taken(),
        access.run().changes(),
        all);
  }

  /** Enters what went wrong, in a sentence. */
  public void fault(String sentence) {
    access.fault(sentence);
  }
}
