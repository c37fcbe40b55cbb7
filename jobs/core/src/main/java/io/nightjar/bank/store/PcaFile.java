package io.nightjar.bank.store;

import io.nightjar.error.InvalidInputException;
import io.nightjar.io.Decoding;
import io.nightjar.io.Sha256;
import io.nightjar.linalg.ArrayStreams;
import io.nightjar.pca.components.PrincipalComponents;
import io.nightjar.text.Text;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;

/**
 * Principal components as a file, bit for bit. The format, numbers big-endian unless noted: the 8
 * bytes {@code NJPCA\0\0\1}; float64 total variance; then mean, eigenvalues and basis (row-major
 * channels x components), each an int32 length and little-endian float64 values.
 */
public final class PcaFile {
  private static final byte[] MAGIC = "NJPCA\0\0\1".getBytes(StandardCharsets.ISO_8859_1);

  private PcaFile() {}

  /**
   * Writes components into a bank's folder, under a new name.
   *
   * @param variance requested explained variance ratio
   * @param images that they were fitted on
   */
  public static BankManifest.Pca write(
      PrincipalComponents components,
      double variance,
      int images,
      String bank,
      Configuration configuration) {
    String name = Text.format("pca/%s.bin", UUID.randomUUID());
    byte[] content = encode(components);
    BankFiles.of(bank, configuration).write(name, content);
    return new BankManifest.Pca(
        name, Sha256.of(content), variance, components.explainedVarianceRatio(), images);
  }

  static PrincipalComponents read(BankFiles files, BankManifest.Pca pca) {
    byte[] content = files.readVerified(pca.file(), pca.sha256());
    try {
      return Decoding.<PrincipalComponents, IOException, IOException>guarded(
          () -> decode(content), IOException::new);
    } catch (EOFException e) {
      throw new InvalidInputException(
          Text.format("The bank's file %s ends too early.", files.path(pca.file())), e);
    } catch (IOException e) {
      throw new InvalidInputException(
          Text.format(
              "The bank's file %s does not contain principal components: %s.",
              files.path(pca.file()), e.getMessage()),
          e);
    }
  }

  private static PrincipalComponents decode(byte[] content) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(content))) {
      if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
        throw new IOException("it is of no known format");
      }
      double totalVariance = in.readDouble();
      return new PrincipalComponents(doubles(in), doubles(in), doubles(in), totalVariance);
    }
  }

  private static double[] doubles(DataInputStream in) throws IOException {
    in.mark(Integer.BYTES);
    int length = in.readInt();
    if (length < 0 || length > in.available() / Double.BYTES) {
      throw new EOFException();
    }
    in.reset();
    return ArrayStreams.readDoubles(in);
  }

  private static byte[] encode(PrincipalComponents components) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.write(MAGIC);
      out.writeDouble(components.totalVariance());
      ArrayStreams.write(components.mean(), out);
      ArrayStreams.write(components.eigenvalues(), out);
      ArrayStreams.write(components.basis(), out);
    } catch (IOException e) {
      throw new UncheckedIOException("Memory cannot be written", e);
    }
    return bytes.toByteArray();
  }
}
