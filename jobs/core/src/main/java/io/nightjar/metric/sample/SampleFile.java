package io.nightjar.metric.sample;

import io.nightjar.io.Sha256;
import io.nightjar.metric.count.BinCountsCodec;
import io.nightjar.text.Text;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * A sample as a file: 8 bytes {@code NJSMP\0\0\2}, of which the last is the version; the content,
 * deflated; the SHA-256 of all before. Numbers in the content have seven bits a byte, the lowest
 * first; bins and their counts are steps from one to the next. Version 1 had no defects.
 */
public final class SampleFile {
  private static final byte[] MAGIC = {'N', 'J', 'S', 'M', 'P', 0, 0};
  private static final int VERSION = 2;

  /** The first version with defects. */
  private static final int WITH_DEFECTS = 2;

  private static final int HEADER = MAGIC.length + 1;
  private static final int DIGEST = 32;

  /** The most entries of any list in a file: a bound on what a damaged one can make a reader do. */
  private static final int MOST = 1 << 26;

  private SampleFile() {}

  /** The file of a sample. */
  public static byte[] write(CategorySample sample) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(MAGIC);
    bytes.write(VERSION);
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION);
    try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes, deflater))) {
      content(sample, out);
    } catch (IOException e) {
      throw new UncheckedIOException("A sample cannot be written to memory", e);
    } finally {
      deflater.end();
    }
    bytes.writeBytes(sha256(bytes.toByteArray(), bytes.size()));
    return bytes.toByteArray();
  }

  private static void content(CategorySample sample, DataOutputStream out) throws IOException {
    text(sample.category(), out);
    text(sample.resolution(), out);
    out.writeBoolean(sample.exact());
    number(sample.bins(), out);
    long last = Integer.MIN_VALUE;
    for (int edge : sample.edges()) {
      number(edge - last, out);
      last = edge;
    }
    number(sample.images().size(), out);
    for (SampleImage image : sample.images()) {
      text(image.path(), out);
      text(image.defect(), out);
      out.writeBoolean(image.defective());
      text(image.item(), out);
      out.writeBoolean(image.hasTruth());
      out.writeFloat(image.score());
      hash(image.hashes().image(), out);
      hash(image.hashes().mask(), out);
      hash(image.hashes().map(), out);
      counts(image.negatives(), out);
      counts(image.regions(), out);
      counts(image.defects(), out);
    }
  }

  private static void number(long value, DataOutputStream out) throws IOException {
    BinCountsCodec.writeVarint(out, value);
  }

  private static void text(String value, DataOutputStream out) throws IOException {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    number(bytes.length, out);
    out.write(bytes);
  }

  private static void hash(String hexadecimal, DataOutputStream out) throws IOException {
    byte[] bytes = HexFormat.of().parseHex(hexadecimal);
    number(bytes.length, out);
    out.write(bytes);
  }

  private static void counts(List<SparseCounts> all, DataOutputStream out) throws IOException {
    number(all.size(), out);
    for (SparseCounts counts : all) {
      counts(counts, out);
    }
  }

  private static void counts(SparseCounts counts, DataOutputStream out) throws IOException {
    number(counts.bins().length, out);
    int next = 0;
    for (int i = 0; i < counts.bins().length; i++) {
      number(counts.bins()[i] - next, out);
      number(counts.counts()[i], out);
      next = counts.bins()[i] + 1;
    }
  }

  /**
   * The sample that {@link #write} wrote.
   *
   * @throws IOException if the file is damaged, of a newer version or none of these; the message
   *     continues "The file ...: "
   */
  public static CategorySample read(byte[] file) throws IOException {
    if (file.length < HEADER + DIGEST
        || !Arrays.equals(file, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new IOException("it is no file of a run's sample");
    }
    int version = file[MAGIC.length];
    if (version < 1 || version > VERSION) {
      throw new IOException(
          Text.format(
              "its version is %d, and this program reads versions 1 to %d; use the Nightjar that"
                  + " wrote it, or a newer one",
              version, VERSION));
    }
    int end = file.length - DIGEST;
    if (!Arrays.equals(file, end, file.length, sha256(file, end), 0, DIGEST)) {
      throw new IOException("its content does not have the SHA-256 that it ends with");
    }
    try (DataInputStream in =
        new DataInputStream(
            new InflaterInputStream(new ByteArrayInputStream(file, HEADER, end - HEADER)))) {
      return content(in, version);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static CategorySample content(DataInputStream in, int version) throws IOException {
    String category = text(in);
    String resolution = text(in);
    boolean exact = in.readBoolean();
    int bins = size(in);
    int[] edges = new int[bins];
    long last = Integer.MIN_VALUE;
    for (int i = 0; i < bins; i++) {
      last += BinCountsCodec.readVarint(in);
      edges[i] = (int) last;
    }
    int count = size(in);
    List<SampleImage> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      images.add(image(in, version));
    }
    return new CategorySample(category, resolution, edges, exact, images);
  }

  private static SampleImage image(DataInputStream in, int version) throws IOException {
    String path = text(in);
    String defect = text(in);
    boolean defective = in.readBoolean();
    String item = text(in);
    boolean hasTruth = in.readBoolean();
    float score = in.readFloat();
    SampleImage.Hashes hashes = new SampleImage.Hashes(hash(in), hash(in), hash(in));
    SparseCounts negatives = counts(in);
    List<SparseCounts> regions = listOfCounts(in);
    List<SparseCounts> defects = version < WITH_DEFECTS ? List.of() : listOfCounts(in);
    return new SampleImage(
        path, defect, defective, item, hasTruth, score, hashes, negatives, regions, defects);
  }

  private static List<SparseCounts> listOfCounts(DataInputStream in) throws IOException {
    int count = size(in);
    List<SparseCounts> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(counts(in));
    }
    return all;
  }

  private static int size(DataInputStream in) throws IOException {
    long size = BinCountsCodec.readVarint(in);
    if (size < 0 || size > MOST) {
      throw new IOException(Text.format("one of its lists has %d entries", size));
    }
    return (int) size;
  }

  private static byte[] bytes(DataInputStream in) throws IOException {
    int length = size(in);
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new IOException("it ends early");
    }
    return bytes;
  }

  private static String text(DataInputStream in) throws IOException {
    return new String(bytes(in), StandardCharsets.UTF_8);
  }

  private static String hash(DataInputStream in) throws IOException {
    return HexFormat.of().formatHex(bytes(in));
  }

  private static SparseCounts counts(DataInputStream in) throws IOException {
    int filled = size(in);
    // Not the length that a damaged file claims, before its entries are there.
    int[] bins = new int[Math.min(filled, 1 << 12)];
    int[] counts = new int[bins.length];
    int next = 0;
    for (int i = 0; i < filled; i++) {
      if (i == bins.length) {
        bins = Arrays.copyOf(bins, Math.min(filled, 2 * i));
        counts = Arrays.copyOf(counts, bins.length);
      }
      bins[i] = Math.addExact(next, size(in));
      counts[i] = size(in);
      next = bins[i] + 1;
    }
    return new SparseCounts(bins, counts);
  }

  private static byte[] sha256(byte[] bytes, int length) {
    MessageDigest digest = Sha256.digest();
    digest.update(bytes, 0, length);
    return digest.digest();
  }
}
