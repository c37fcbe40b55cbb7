package io.nightjar.bank.coreset;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import java.util.function.IntUnaryOperator;

/**
 * Chooses rows within a task: from one part of a bank, or from what its parts offer.
 *
 * @param dimension the length of a row
 * @param seed seed of the random choices
 * @param progress called now and then with the number of rows chosen since the last call
 */
public record PartSelection(int dimension, long seed, IntConsumer progress) {

  /**
   * The rows chosen by one task.
   *
   * @param rows in the order in which they were chosen
   * @param radius no row is farther than this from the nearest of them
   */
  public record Chosen(NumberedRows rows, double radius) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Chooses from a part of a bank.
   *
   * @param part its number
   * @param pieces all of its rows, in any order
   * @param start the number of its first row
   * @param count its number of rows
   * @param size how many to choose
   * @return the rows chosen, and the distance of the part's farthest row from them; fewer rows than
   *     asked for where all others equal one already chosen
   */
  public Chosen fromPart(int part, Iterator<NumberedRows> pieces, int start, int count, int size) {
    return choose(part, pieces, count, row -> row - start, size);
  }

  /**
   * Chooses from the rows that the parts offer. Every row of the bank is within the part's radius
   * of an offered row, and that is within the radius found here of a chosen one: the sum is a
   * bound.
   *
   * @param offers what each part chose, at least one
   * @param size how many to choose; at most as many as are offered are chosen
   * @return the rows chosen, and the bound
   */
  public Chosen fromOffers(List<Chosen> offers, int size) {
    int[] numbers =
        offers.stream().flatMapToInt(offer -> Arrays.stream(offer.rows().numbers())).toArray();
    Arrays.sort(numbers);
    Iterator<NumberedRows> pieces = offers.stream().map(Chosen::rows).iterator();
    Chosen chosen =
        choose(
            -1,
            pieces,
            numbers.length,
            row -> Arrays.binarySearch(numbers, row),
            Math.min(size, numbers.length));
    double farthest = offers.stream().mapToDouble(Chosen::radius).max().orElseThrow();
    return new Chosen(chosen.rows(), chosen.radius() + farthest);
  }

  private Chosen choose(
      int part, Iterator<NumberedRows> pieces, int count, IntUnaryOperator position, int size) {
    // In the order of their numbers, since the lowest of equally far rows is chosen.
    int[] numbers = new int[count];
    float[] values = new float[Math.multiplyExact(count, dimension)];
    pieces.forEachRemaining(piece -> place(piece, position, numbers, values));
    int first = new SplittableRandom(31 * seed + part).nextInt(count);
    FarthestFirst.Picks picks =
        FarthestFirst.select(values, count, dimension, size, first, progress);
    int[] chosen = picks.rows();
    float[] kept = new float[chosen.length * dimension];
    for (int i = 0; i < chosen.length; i++) {
      System.arraycopy(values, chosen[i] * dimension, kept, i * dimension, dimension);
      chosen[i] = numbers[chosen[i]];
    }
    return new Chosen(new NumberedRows(chosen, kept), picks.radius());
  }

  private void place(NumberedRows piece, IntUnaryOperator position, int[] numbers, float[] values) {
    for (int i = 0; i < piece.numbers().length; i++) {
      int at = position.applyAsInt(piece.numbers()[i]);
      numbers[at] = piece.numbers()[i];
      System.arraycopy(piece.values(), i * dimension, values, at * dimension, dimension);
    }
  }
}
