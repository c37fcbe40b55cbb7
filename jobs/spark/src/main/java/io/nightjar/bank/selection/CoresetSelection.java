package io.nightjar.bank.selection;

import io.nightjar.bank.coreset.BlockTable;
import io.nightjar.bank.coreset.Coreset;
import io.nightjar.bank.coreset.CoresetMethod;
import io.nightjar.bank.coreset.CoresetOptions;
import io.nightjar.bank.coreset.CoresetPlan;
import io.nightjar.bank.coreset.NumberedRows;
import io.nightjar.bank.coreset.RandomProjection;
import io.nightjar.bank.coreset.RowSample;
import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.util.LongAccumulator;
import scala.Tuple2;

/**
 * Chooses the coreset of a bank on the executors; the driver only receives row numbers.
 *
 * <p>A bank of up to 2^19 rows (less where rows are longer than 256 values) is chosen from by one
 * task, by farthest-first traversal of all rows: its covering radius R is at most twice the
 * smallest that as many centres can have, OPT (Gonzalez 1985). Larger banks are cut into parts,
 * each of which offers rows that it chose in the same way; the coreset is chosen from all offers
 * (composable k-center: Malkomes et al., NeurIPS 2015). Let r be the largest covering radius of a
 * part by what it offers, and T that of all offers by the coreset, so that R is at most r + T.
 *
 * <ul>
 *   <li>The k chosen rows and the farthest of the offers are k + 1 rows at least T apart; two of
 *       them share a centre of the optimum, so T is at most 2 OPT. Always, then, {@code R <= 2 (1 +
 *       r / T) OPT}, with the r and T of the run ({@link Coreset#radius} is r + T).
 *   <li>A part that offers k rows has, by the same argument, r at most 2 OPT: then {@code R <= 4
 *       OPT}. All parts do so where that makes at most 2^17 rows together.
 *   <li>Otherwise a part offers twice as many rows as its proportion of the coreset. There is no
 *       a-priori bound then: the optimum could have all of its centres in one part.
 * </ul>
 *
 * <p>Rows are projected first where that makes them shorter ({@link RandomProjection}); all of the
 * above then holds for projected rows. Memory: a task holds the rows of a part, at most 512 MiB and
 * 20 bytes a row, and a copy of those that it chooses; the last task holds the offered rows, at
 * most 1 GiB, twice. A coreset that would need more is refused.
 *
 * <p>The same blocks, options and seed give the same rows, however Spark distributes them.
 */
public final class CoresetSelection {
  private final CoresetOptions options;
  private final int dimension;
  private final JavaPairRDD<Long, float[]> blocks;
  private final BlockTable table;
  private final int size;
  private final Optional<RandomProjection> projection;
  private final CoresetPlan plan;

  private CoresetSelection(
      CoresetOptions options,
      int dimension,
      JavaPairRDD<Long, float[]> blocks,
      IntFunction<CoresetPlan.Limits> limits) {
    this.options = options;
    this.dimension = dimension;
    this.blocks = blocks;
    table = BlockTable.of(countRows(blocks, dimension));
    if (table.rows() == 0) {
      throw new InvalidInputException("There is no row to choose a coreset from.");
    }
    size = options.size(table.rows());
    projection = RandomProjection.where(table.rows(), dimension, options.seed());
    plan = CoresetPlan.of(table, size, limits.apply(width()));
  }

  /**
   * Creates a selection after counting the rows, in one Spark job.
   *
   * @param dimension values of a row
   * @param blocks whole rows by a key that orders them; persisted, since they are read twice
   * @throws InvalidInputException if no row would be chosen, or the coreset is too large
   */
  public static CoresetSelection of(
      CoresetOptions options, int dimension, JavaPairRDD<Long, float[]> blocks) {
    return of(options, dimension, blocks, CoresetPlan.Limits::of);
  }

  /**
   * @param limits of one task, by the number of values in a row
   */
  static CoresetSelection of(
      CoresetOptions options,
      int dimension,
      JavaPairRDD<Long, float[]> blocks,
      IntFunction<CoresetPlan.Limits> limits) {
    return new CoresetSelection(options, dimension, blocks, limits);
  }

  private static List<Map.Entry<Long, Integer>> countRows(
      JavaPairRDD<Long, float[]> blocks, int dimension) {
    return blocks.mapValues(values -> countRows(values, dimension)).collect().stream()
        .map(block -> Map.entry(block._1(), block._2()))
        .toList();
  }

  private static int countRows(float[] values, int dimension) {
    if (values.length % dimension != 0) {
      throw new InvalidInputException(
          Text.format(
              "An array of %d values is not made of whole rows of dimension %d",
              values.length, dimension));
    }
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new InvalidInputException(
            Text.format("Rows to choose a coreset from must be finite; one holds %s", value));
      }
    }
    return values.length / dimension;
  }

  /** The number of rows to choose from. */
  public long rows() {
    return table.rows();
  }

  /**
   * The number of rows that {@link #select} will choose, including those that parts offer; fewer
   * are chosen where rows are equal.
   */
  public long picks() {
    return options.method() == CoresetMethod.RANDOM ? size : plan.picks();
  }

  /**
   * Chooses the rows, in one Spark job.
   *
   * @param chosen counts rows as they are chosen, for progress reports
   */
  public Coreset select(LongAccumulator chosen) {
    if (options.method() == CoresetMethod.RANDOM) {
      int[] rows = RowSample.draw(table.rows(), size, options.seed());
      return new Coreset(table, rows, Double.NaN, 1);
    }
    CoresetTasks tasks = new CoresetTasks(plan, width(), options.seed(), chosen);
    Tuple2<int[], Double> found = tasks.run(numbered());
    return new Coreset(table, found._1(), found._2(), plan.parts());
  }

  private int width() {
    return projection.map(RandomProjection::dimension).orElse(dimension);
  }

  private JavaPairRDD<Integer, NumberedRows> numbered() {
    BlockTable numbers = table;
    CoresetPlan parts = plan;
    RandomProjection shorter = projection.orElse(null);
    return blocks
        .filter(block -> block._2().length > 0)
        .mapToPair(
            block -> {
              int[] rows =
                  IntStream.range(numbers.firstRow(block._1()), numbers.endRow(block._1()))
                      .toArray();
              float[] values = shorter == null ? block._2() : shorter.project(block._2());
              return new Tuple2<>(parts.partOf(rows[0]), new NumberedRows(rows, values));
            });
  }
}
