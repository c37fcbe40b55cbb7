package io.nightjar.bank.store;

import io.nightjar.backbone.patch.GridPosition;
import io.nightjar.backbone.spec.Size;
import io.nightjar.error.InvalidInputException;
import io.nightjar.io.Decoding;
import io.nightjar.io.Sha256;
import io.nightjar.linalg.ArrayStreams;
import io.nightjar.pca.components.ComponentRule;
import io.nightjar.pca.components.PatchReduction;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;

/**
 * The reduction of patches to rows as a file, bit for bit. The format, numbers big-endian unless
 * noted: the 8 bytes {@code NJPCA\0\0\1}; float64 total variance; then mean, eigenvalues and basis
 * (row-major channels x components), each an int32 length and little-endian float64 values.
 *
 * <p>Where an embedding has several branches, or rows have the place on the grid: the 8 bytes
 * {@code NJPCA\0\0\2}; int32 number of branches; of each the total variance and arrays as above;
 * int32 side of the grid, 0 where there are no places; float64 step of a cell.
 *
 * <p>Where stages are weighted, or places lie on a grid that is no square: the 8 bytes {@code
 * NJPCA\0\0\3}, then the same, but each branch ends with one more array, the factor of each
 * channel, which the rows of the basis contain, empty where there are no weights; and int32 rows
 * and int32 columns are in place of the side.
 */
public final class PcaFile {
  private static final byte[] ONE_BRANCH = magic(1);
  private static final byte[] BRANCHES_AND_PLACE = magic(2);
  private static final byte[] WEIGHTED_OR_RECTANGULAR = magic(3);
  private static final int MOST_BRANCHES = 64;

  private PcaFile() {}

  private static byte[] magic(int format) {
    return ("NJPCA\0\0" + (char) format).getBytes(StandardCharsets.ISO_8859_1);
  }

  /**
   * Writes a reduction into a bank's folder, under a new name.
   *
   * @param rule by which its components were kept
   * @param images that it was fitted on
   */
  public static BankManifest.Pca write(
      PatchReduction reduction,
      ComponentRule rule,
      int images,
      String bank,
      Configuration configuration) {
    String name = Text.format("pca/%s.bin", UUID.randomUUID());
    byte[] content = encode(reduction);
    BankFiles.of(bank, configuration).write(name, content);
    return new BankManifest.Pca(
        name, Sha256.of(content), rule, reduction.explainedVarianceRatio(), images);
  }

  static PatchReduction read(BankFiles files, BankManifest.Pca pca) {
    byte[] content = files.readVerified(pca.file(), pca.sha256());
    try {
      return Decoding.<PatchReduction, IOException, IOException>guarded(
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

  private static PatchReduction decode(byte[] content) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(content))) {
      byte[] magic = in.readNBytes(ONE_BRANCH.length);
      if (Arrays.equals(magic, ONE_BRANCH)) {
        return PatchReduction.of(List.of(branch(in, false)), Optional.empty());
      }
      boolean isThird = Arrays.equals(magic, WEIGHTED_OR_RECTANGULAR);
      if (!isThird && !Arrays.equals(magic, BRANCHES_AND_PLACE)) {
        throw new IOException("it is of no known format");
      }
      int count = in.readInt();
      if (count < 1 || count > MOST_BRANCHES) {
        throw new IOException(Text.format("it has %d branches", count));
      }
      List<PrincipalComponents> branches = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        branches.add(branch(in, isThird));
      }
      int rows = in.readInt();
      int columns = isThird ? in.readInt() : rows;
      double step = in.readDouble();
      return PatchReduction.of(
          branches,
          rows == 0
              ? Optional.empty()
              : Optional.of(new GridPosition(new Size(rows, columns), step)));
    }
  }

  private static PrincipalComponents branch(DataInputStream in, boolean hasFactors)
      throws IOException {
    double totalVariance = in.readDouble();
    return new PrincipalComponents(
        doubles(in),
        doubles(in),
        doubles(in),
        totalVariance,
        hasFactors ? doubles(in) : new double[0]);
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

  private static byte[] encode(PatchReduction reduction) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      List<PrincipalComponents> branches = reduction.branches();
      boolean isWeighted = reduction.isWeighted();
      if (branches.size() == 1 && reduction.position().isEmpty() && !isWeighted) {
        out.write(ONE_BRANCH);
        write(branches.get(0), out);
      } else {
        Optional<Size> grid = reduction.position().map(GridPosition::grid);
        boolean isThird = isWeighted || !grid.stream().allMatch(Size::isSquare);
        out.write(isThird ? WEIGHTED_OR_RECTANGULAR : BRANCHES_AND_PLACE);
        out.writeInt(branches.size());
        for (PrincipalComponents branch : branches) {
          write(branch, out);
          if (isThird) {
            ArrayStreams.write(branch.factors(), out);
          }
        }
        out.writeInt(grid.map(Size::height).orElse(0));
        if (isThird) {
          out.writeInt(grid.map(Size::width).orElse(0));
        }
        out.writeDouble(reduction.position().map(GridPosition::step).orElse(0.0));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Memory cannot be written", e);
    }
    return bytes.toByteArray();
  }

  private static void write(PrincipalComponents components, DataOutputStream out)
      throws IOException {
    out.writeDouble(components.totalVariance());
    ArrayStreams.write(components.mean(), out);
    ArrayStreams.write(components.eigenvalues(), out);
    ArrayStreams.write(components.basis(), out);
  }
}
