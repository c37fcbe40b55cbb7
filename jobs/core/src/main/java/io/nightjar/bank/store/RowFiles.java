package io.nightjar.bank.store;

import io.nightjar.error.InvalidInputException;
import io.nightjar.io.Decoding;
import io.nightjar.io.Sha256;
import io.nightjar.text.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;

/**
 * Immutable Parquet files of rows: {@code image_id} (string), {@code row} (the patch's index in the
 * grid) and {@code vector} (array of float). A file is written and read in memory as a whole, so
 * that its SHA-256 is that of exactly the bytes that are stored or decoded. Values keep their bits.
 *
 * <p>All methods run in the calling process, usually in Spark tasks that each handle some of the
 * files.
 */
public final class RowFiles {
  /** Rows beyond this number of bytes go to the next file. */
  static final int MAX_ROW_BYTES = 32 << 20;

  private RowFiles() {}

  /** Images whose rows one file takes, at least 1. */
  public static int imagesPerFile(int rowsPerImage, int dimension) {
    long bytes = (long) rowsPerImage * dimension * Float.BYTES;
    return (int) Math.max(1, MAX_ROW_BYTES / Math.max(1, bytes));
  }

  /**
   * Writes the rows of some images into a bank's folder, under a new name.
   *
   * @param index a number for the name, for people
   * @param images at least one
   */
  public static WrittenRows write(
      String bank, int index, List<ImageRows> images, int dimension, Configuration configuration) {
    String name = Text.format("rows/%s-%d.parquet", UUID.randomUUID(), index);
    byte[] content = encode(images, dimension);
    BankFiles.of(bank, configuration).write(name, content);
    int rows = images.stream().mapToInt(ImageRows::rows).sum();
    return new WrittenRows(
        new BankManifest.RowFile(name, content.length, Sha256.of(content), rows),
        images.stream()
            .map(image -> new BankManifest.Image(image.path(), image.sha256(), image.rows(), name))
            // A serialisable list.
            .collect(Collectors.toCollection(ArrayList::new)));
  }

  /**
   * Reads one file of a bank and verifies it.
   *
   * @param images those of the file, in order
   * @throws InvalidInputException if the file is missing, was altered, or does not match its
   *     manifest
   */
  public static List<ImageRows> read(
      String bank,
      BankManifest.RowFile file,
      List<BankManifest.Image> images,
      int dimension,
      Configuration configuration) {
    BankFiles files = BankFiles.of(bank, configuration);
    byte[] content = files.readVerified(file.name(), file.sha256());
    String name = files.path(file.name()).toString();
    try {
      return Decoding.<List<ImageRows>, IOException, IOException>guarded(
          () -> decode(content, name, images, dimension), IOException::new);
    } catch (IOException e) {
      throw new InvalidInputException(
          Text.format("The bank's file %s is not a Parquet file of rows: %s", name, e.getMessage()),
          e);
    }
  }

  private static List<ImageRows> decode(
      byte[] content, String name, List<BankManifest.Image> images, int dimension)
      throws IOException {
    PlainParquet.require(content, name);
    long values = images.stream().mapToLong(BankManifest.Image::rows).sum() * dimension;
    if (values * Float.BYTES > content.length) {
      throw disagrees(name, Text.format("%d bytes cannot hold %d values", content.length, values));
    }
    return RowColumns.read(content, name, images, dimension);
  }

  /**
   * Copies a file of one bank, which is verified, into the folder of another, under a new name.
   *
   * @param bank whose file it is
   * @param target folder of the other bank
   * @throws InvalidInputException if the file is missing or was altered
   */
  public static WrittenRows copy(
      String bank, WrittenRows file, String target, Configuration configuration) {
    byte[] content =
        BankFiles.of(bank, configuration).readVerified(file.file().name(), file.file().sha256());
    String old = file.file().name();
    String name = Text.format("rows/%s%s", UUID.randomUUID(), old.substring(old.lastIndexOf('-')));
    BankFiles.of(target, configuration).write(name, content);
    return new WrittenRows(
        new BankManifest.RowFile(name, content.length, file.file().sha256(), file.file().rows()),
        file.images().stream()
            .map(image -> new BankManifest.Image(image.path(), image.sha256(), image.rows(), name))
            .collect(Collectors.toCollection(ArrayList::new)));
  }

  /**
   * A file without the rows of some images: itself where it has none of them, otherwise a new file,
   * with its other rows unchanged.
   *
   * @param dropped paths of images
   * @return empty where no image is left
   */
  public static Optional<WrittenRows> without(
      String bank,
      WrittenRows file,
      Set<String> dropped,
      int dimension,
      Configuration configuration) {
    List<BankManifest.Image> kept =
        file.images().stream().filter(image -> !dropped.contains(image.path())).toList();
    if (kept.size() == file.images().size()) {
      return Optional.of(file);
    }
    if (kept.isEmpty()) {
      return Optional.empty();
    }
    List<ImageRows> rows =
        read(bank, file.file(), file.images(), dimension, configuration).stream()
            .filter(image -> !dropped.contains(image.path()))
            .toList();
    return Optional.of(write(bank, 0, rows, dimension, configuration));
  }

  static InvalidInputException disagrees(String name, String how) {
    return new InvalidInputException(
        Text.format("The bank's file %s does not match its manifest: %s.", name, how));
  }

  private static byte[] encode(List<ImageRows> images, int dimension) {
    try {
      return RowPages.encode(images, dimension);
    } catch (IOException e) {
      throw new UncheckedIOException("Memory cannot be written", e);
    }
  }
}
