package io.nightjar.bank.store;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.patch.GridPosition;
import io.nightjar.backbone.spec.Aspect;
import io.nightjar.backbone.spec.KeptShape;
import io.nightjar.bank.search.MemoryBank;
import io.nightjar.dataset.decode.WhiteLevel;
import io.nightjar.error.InvalidInputException;
import io.nightjar.io.Sha256;
import io.nightjar.pca.components.PatchReduction;
import io.nightjar.text.Text;
import io.nightjar.tile.TileRule;
import io.nightjar.tile.Tiling;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;

/**
 * One version of a bank on storage. Opening it reads the manifest alone; everything read later is
 * verified against it. A version never changes, so writers do not disturb a reader.
 */
public final class StoredBank {
  /** Files read concurrently: enough for an object store that answers slowly. */
  private static final int READERS = 8;

  private final BankFiles files;
  private final BankManifest manifest;
  private final Configuration configuration;

  private StoredBank(BankFiles files, BankManifest manifest, Configuration configuration) {
    this.files = files;
    this.manifest = manifest;
    this.configuration = configuration;
  }

  /**
   * Opens a version of a bank.
   *
   * @throws InvalidInputException if there is no such bank or version, or its manifest cannot be
   *     used
   */
  public static StoredBank open(BankLocation location, Configuration configuration) {
    return find(location, configuration).orElseThrow(() -> missing(location));
  }

  /**
   * Opens a version of a bank where there is one; {@code bank.json} is read once.
   *
   * @return empty where the folder holds no bank
   * @throws InvalidInputException if there is no such version, or its manifest cannot be used
   */
  public static Optional<StoredBank> find(BankLocation location, Configuration configuration) {
    BankFiles files = BankFiles.of(location.uri(), configuration);
    return manifest(files, BankFiles.MANIFEST)
        .map(current -> new StoredBank(files, version(location, files, current), configuration));
  }

  private static BankManifest version(
      BankLocation location, BankFiles files, BankManifest current) {
    int wanted = location.version().orElse(current.version());
    if (wanted > current.version()) {
      throw new InvalidInputException(
          Text.format(
              "The bank %s has no version %d; the newest is %d.",
              location.uri(), wanted, current.version()));
    }
    return wanted == current.version() ? current : older(files, wanted, current.version());
  }

  /** The refusal of a place that holds no bank. */
  public static InvalidInputException missing(BankLocation location) {
    return new InvalidInputException(
        Text.format(
                "There is no bank in %s: it has no %s. Build one with nightjar build-bank, or",
                location.uri(), BankFiles.MANIFEST)
            + " name the folder of a bank.");
  }

  private static BankManifest older(BankFiles files, int version, int current) {
    BankManifest found =
        manifest(files, BankFiles.version(version))
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        Text.format(
                            "The bank %s is at version %d, and the manifest of version %d, %s, is missing.",
                            files.uri(), current, version, BankFiles.version(version))));
    // Versions follow one another to the first only where each is what its name says.
    if (found.version() != version) {
      throw new InvalidInputException(
          Text.format(
              "The manifest %s says that it is version %d. Restore it, or build the bank again.",
              files.path(BankFiles.version(version)), found.version()));
    }
    return found;
  }

  private static Optional<BankManifest> manifest(BankFiles files, String name) {
    return files.find(name).map(json -> BankManifestJson.read(json, files.path(name).toString()));
  }

  /** Whether a folder holds a bank. */
  public static boolean exists(String bank, Configuration configuration) {
    return BankFiles.of(bank, configuration).find(BankFiles.MANIFEST).isPresent();
  }

  /** The manifest of this version. */
  public BankManifest manifest() {
    return manifest;
  }

  /** The bank's qualified folder and this version. */
  public BankLocation location() {
    return new BankLocation(files.uri(), manifest.version());
  }

  /**
   * SHA-256 of the manifest, which contains those of all files, so that it identifies the whole
   * bank.
   */
  public String sha256() {
    return Sha256.of(BankManifestJson.write(manifest));
  }

  /**
   * SHA-256 over the components and the rows, in their order: banks that share it give the same
   * distances, bit for bit, whenever and wherever they were built.
   */
  public String contents() {
    MessageDigest digest = Sha256.digest();
    digest.update(manifest.pca().sha256().getBytes(StandardCharsets.US_ASCII));
    for (BankManifest.RowFile file : manifest.files()) {
      digest.update(file.sha256().getBytes(StandardCharsets.US_ASCII));
    }
    return Sha256.hex(digest);
  }

  /**
   * Refuses to compare images of one network with rows of another.
   *
   * @throws InvalidInputException with both values of every difference
   */
  public void requireFits(BackboneModel backbone) {
    BankBackbone own = manifest.backbone();
    BankBackbone other = BankBackbone.of(backbone);
    List<String> differences = own.differences(other);
    if (!differences.isEmpty()) {
      throw new InvalidInputException(
          Text.format(
                  "The bank %s does not fit this run: %s. Run with the bank's values, or build a"
                      + " bank with",
                  location(), String.join("; ", differences))
              + " these."
              + (own.isSquare() || !own.isOfAnotherShapeThan(other)
                  ? ""
                  : " If its images kept their shape, it takes --aspect keep and the --image-size"
                      + " that it was built with."));
    }
  }

  /**
   * The same, where images may keep their shape: then the shape is the bank's, if it is one that
   * images of some shape have at the network's image size.
   *
   * @throws InvalidInputException naming every difference
   */
  public void requireFits(BackboneModel network, Aspect aspect) {
    BankBackbone own = manifest.backbone();
    // Like the place on the grid, tiles are the bank's own.
    BackboneModel backbone = network.at(network.spec().tiled(own.tiles()));
    if (aspect == Aspect.KEEP
        && own.imageSizes().size() == backbone.spec().imageSizes().size()
        && KeptShape.isOne(backbone.spec(), own.imageSizes(), own.grid())) {
      requireFits(backbone.at(backbone.spec().with(own.imageSizes(), own.grid())));
    } else {
      requireFits(backbone);
    }
  }

  /**
   * Refuses tiles that are asked for and are not the bank's.
   *
   * @param asked what was asked for; nothing for the bank's
   * @throws InvalidInputException with both
   */
  public void requireTiles(TileRule asked) {
    Tiling own = manifest.backbone().tiles();
    if (!asked.isNone() && !asked.describes(own)) {
      throw new InvalidInputException(
          Text.format(
              "The bank %s was built %s, and --tiles %s --tile-overlap %d is asked for; leave both"
                  + " out, or build a bank with them.",
              location(),
              own.isWhole() ? "of whole images" : Text.format("of %s", own.describe()),
              asked.value(),
              asked.overlap()));
    }
  }

  /**
   * Refuses a bank whose images were cut into tiles.
   *
   * @param what takes whole images, such as {@code --reasons}
   * @throws InvalidInputException naming both
   */
  public void requireWholeImages(String what) {
    Tiling own = manifest.backbone().tiles();
    if (!own.isWhole()) {
      throw new InvalidInputException(
          Text.format(
              "The bank %s has %s, and %s takes an image as a whole; use a bank that was built"
                  + " without --tiles.",
              location(), own.describe(), what));
    }
  }

  /**
   * Refuses to read images with another white level than those of the bank were read with.
   *
   * @param asked the sample that is to be white in images of more than 8 bits; empty for the bank's
   * @throws InvalidInputException with both levels
   */
  public void requireWhiteLevel(OptionalInt asked) {
    int own = WhiteLevel.of(manifest.whiteLevel()).sample();
    if (asked.isPresent() && asked.getAsInt() != own) {
      throw new InvalidInputException(
          Text.format(
              "The bank %s was built with --white-level %d, and %d is asked for; leave the option"
                  + " out, or build a bank with that level.",
              location(), own, asked.getAsInt()));
    }
  }

  /**
   * Checks by one listing that every file exists with its recorded length; contents are verified
   * when they are read.
   *
   * @throws InvalidInputException naming the first missing or changed file
   */
  public void requireFiles() {
    Map<String, Long> lengths = files.lengths("rows");
    for (BankManifest.RowFile file : manifest.files()) {
      Long found = lengths.get(file.name());
      if (found == null) {
        throw files.missing(file.name());
      }
      if (found != file.bytes()) {
        throw new InvalidInputException(
            Text.format(
                    "The bank's file %s has %d bytes, but the manifest says %d. Restore it, or"
                        + " build the bank",
                    files.path(file.name()), found, file.bytes())
                + " again.");
      }
    }
    if (!files.lengths("pca").containsKey(manifest.pca().file())) {
      throw files.missing(manifest.pca().file());
    }
  }

  /**
   * What reduced patches to the rows.
   *
   * @throws InvalidInputException if its file is missing or was altered, or does not agree with the
   *     manifest
   */
  public PatchReduction reduction() {
    PatchReduction reduction = placed(PcaFile.read(files, manifest.pca()));
    if (reduction.dimension() != manifest.dimension()) {
      throw new InvalidInputException(
          Text.format(
              "The bank %s has rows of %d values, but %s.",
              location(), manifest.dimension(), described(reduction)));
    }
    boolean hasItsGrid =
        reduction.position().stream()
            .allMatch(place -> place.grid().equals(manifest.backbone().grid()));
    int branches = manifest.backbone().networks() * manifest.backbone().imageSizes().size();
    if (reduction.branches().size() != branches
        || reduction.position().isPresent() != manifest.position().isPresent()
        || reduction.isWeighted() == manifest.pca().rule().weights().isNone()
        || !hasItsGrid) {
      throw new InvalidInputException(
          Text.format(
              "The manifest of the bank %s and its file %s are not of the same bank; restore them,"
                  + " or build the bank again.",
              location(), manifest.pca().file()));
    }
    return reduction;
  }

  /** Where the tiles of images lie is in the manifest alone. */
  private PatchReduction placed(PatchReduction reduction) {
    Tiling tiles = manifest.backbone().tiles();
    return tiles.isWhole() || reduction.position().isEmpty()
        ? reduction
        : reduction.with(
            new GridPosition(
                reduction.position().get().grid(), reduction.position().get().step(), tiles));
  }

  private static String described(PatchReduction reduction) {
    return reduction.position().isEmpty()
        ? Text.format("%d principal components", reduction.components())
        : Text.format("%d principal components and 2 of the position", reduction.components());
  }

  /** The files of rows with their images, for tasks that read some of them. */
  public List<WrittenRows> rowFiles() {
    Map<String, ArrayList<BankManifest.Image>> images = new HashMap<>();
    for (BankManifest.Image image : manifest.images()) {
      images.computeIfAbsent(image.file(), file -> new ArrayList<>()).add(image);
    }
    return manifest.files().stream()
        .map(file -> new WrittenRows(file, images.getOrDefault(file.name(), new ArrayList<>())))
        .toList();
  }

  /**
   * All rows, in this process's memory, a block an image.
   *
   * @throws InvalidInputException if a file is missing or was altered
   */
  public MemoryBank memoryBank() {
    ExecutorService readers =
        Executors.newFixedThreadPool(Math.min(READERS, manifest.files().size()));
    try {
      List<Future<List<float[]>>> reading =
          rowFiles().stream().map(file -> readers.submit(() -> blocks(file))).toList();
      List<float[]> blocks = new ArrayList<>();
      for (Future<List<float[]>> file : reading) {
        blocks.addAll(file.get());
      }
      return new MemoryBank(manifest.dimension(), blocks);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("The bank's rows cannot be read", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Reading the bank's rows was interrupted", e);
    } finally {
      readers.shutdownNow();
    }
  }

  private List<float[]> blocks(WrittenRows file) {
    return ImageRows.blocks(
        RowFiles.read(
            files.uri(), file.file(), file.images(), manifest.dimension(), configuration));
  }
}
