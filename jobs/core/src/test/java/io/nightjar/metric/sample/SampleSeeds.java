package io.nightjar.metric.sample;

import io.nightjar.io.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** Small files of samples, to be damaged. */
public final class SampleSeeds {
  private static final int HEADER = 8;
  private static final int DIGEST = 32;

  private SampleSeeds() {}

  /** Two samples, one of bins and one of single scores. */
  public static List<byte[]> files() {
    return List.of(SampleFile.write(sample(false)), SampleFile.write(sample(true)));
  }

  /** What the files hold, without what guards it. */
  public static List<byte[]> contents() {
    return files().stream().map(SampleSeeds::content).toList();
  }

  private static byte[] content(byte[] file) {
    byte[] deflated = Arrays.copyOfRange(file, HEADER, file.length - DIGEST);
    try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(deflated))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file with this content, whose version and hash are right. */
  public static byte[] file(byte[] content) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(SampleFile.write(sample(false)), 0, HEADER);
    try (DeflaterOutputStream deflated = new DeflaterOutputStream(file)) {
      deflated.write(content);
    }
    file.writeBytes(HexFormat.of().parseHex(Sha256.of(file.toByteArray())));
    return file.toByteArray();
  }

  private static CategorySample sample(boolean exact) {
    SparseCounts region = new SparseCounts(new int[] {2, 5}, new int[] {3, 400});
    SparseCounts filled = new SparseCounts(new int[] {5}, new int[] {120});
    SampleImage good = image("test/good/0.png", "good", false, List.of(), List.of());
    SampleImage bent =
        image("test/bent/1.png", "bent", true, List.of(region, region), List.of(filled, region));
    return new CategorySample(
        "nut", "original", new int[] {-9, 0, 7, 8, 100, 3000}, exact, List.of(good, bent));
  }

  private static SampleImage image(
      String path,
      String defect,
      boolean defective,
      List<SparseCounts> regions,
      List<SparseCounts> defects) {
    SparseCounts negatives = new SparseCounts(new int[] {0, 1, 4}, new int[] {70, 5, 1});
    SampleImage.Hashes hashes = new SampleImage.Hashes("00ff".repeat(16), "", "ab12".repeat(16));
    return new SampleImage(
        path, defect, defective, "a", true, 2.5f, hashes, negatives, regions, defects);
  }
}
