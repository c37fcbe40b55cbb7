package io.nightjar.bank.approximate;

import io.nightjar.bank.exact.Candidates;
import io.nightjar.bank.exact.CentredRows;
import io.nightjar.bank.exact.ExactSearch;
import io.nightjar.bank.exact.Probes;
import io.nightjar.bank.exact.QueryBatch;
import io.nightjar.bank.kmeans.Centre;
import io.nightjar.bank.kmeans.RowGroups;
import io.nightjar.bank.search.Fallbacks;
import io.nightjar.bank.search.MemoryBank;
import io.nightjar.bank.search.NearestSearch;
import io.nightjar.bank.search.Neighbours;
import io.nightjar.bank.search.RowRange;
import io.nightjar.bank.search.SearchArguments;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Inverted file search: each row belongs to the list of its nearest centre, and a query probes only
 * the lists of its nearest centres (Sivic and Zisserman, ICCV 2003; Jégou et al., PAMI 2011,
 * section IV). Lists are searched by matrix products, as {@link ExactSearch} searches a bank:
 * within the probed lists no neighbour is lost, and if all lists are probed, the search is exact.
 *
 * <p>Centres are compared in float64 where products do not decide which is nearer, so that answers
 * never depend on batching or threads. A query whose lists contain fewer rows than neighbours
 * requested probes the next nearest lists until they suffice ({@link Fallbacks#widened}).
 */
public final class InvertedFileSearch implements NearestSearch {
  /** Queries that share one pass; also rows that are assigned at once. */
  private static final int QUERIES = 2048;

  private final MemoryBank bank;
  private final int probes;
  private final Centre centre;
  private final RowGroups lists;
  private final CentredRows rows;
  private final ExactSearch centres;

  /**
   * Assigns the rows to their lists and copies them, centred, into native memory.
   *
   * @param bank that is searched
   * @param centres {@code lists x dimension} values, row by row
   * @param probes lists to probe, at least 1; a number above that of the lists means all
   * @throws IllegalArgumentException if a row lies farther than 1e18 from the mean
   */
  public InvertedFileSearch(MemoryBank bank, float[] centres, int probes) {
    this.bank = bank;
    MemoryBank points = new MemoryBank(bank.dimension(), List.of(centres));
    this.probes = Math.min(probes, points.rows());
    this.centres = new ExactSearch(points);
    centre = new Centre(bank);
    lists = RowGroups.of(assigned(), points.rows());
    rows = new CentredRows(bank, centre, lists);
  }

  private int[] assigned() {
    int[] listOfRow = new int[bank.rows()];
    float[] tile = new float[QUERIES * bank.dimension()];
    for (int from = 0; from < bank.rows(); from += QUERIES) {
      int count = Math.min(QUERIES, bank.rows() - from);
      for (int i = 0; i < count; i++) {
        bank.copyRow(from + i, tile, i * bank.dimension());
      }
      System.arraycopy(centres.nearest(tile, count, 1).rows(), 0, listOfRow, from, count);
    }
    return listOfRow;
  }

  @Override
  public MemoryBank bank() {
    return bank;
  }

  @Override
  public Neighbours nearest(float[] queries, int count, int k) {
    SearchArguments.require(bank, queries, count, k);
    int[] found = new int[count * k];
    double[] distances = new double[count * k];
    Neighbours answers = new Neighbours(k, found, distances);
    int widened = 0;
    int batch = Math.min(QUERIES, Candidates.queriesAtOnce(k, bank.rows()));
    for (int from = 0; from < count; from += batch) {
      widened += search(queries, from, Math.min(batch, count - from), answers);
    }
    return new Neighbours(k, found, distances, new Fallbacks(widened, 0));
  }

  /** Answers some queries; returns how many of them were widened. */
  private int search(float[] queries, int from, int count, Neighbours answers) {
    QueryBatch batch =
        new QueryBatch(
            bank, centre, rows.longest(), queries, from, count, answers.k(), RowRange.NONE);
    int widened = 0;
    if (probes == lists.count()) {
      int[] all = IntStream.range(0, count).toArray();
      rows.offer(batch.centred(), count, 0, bank.rows(), batch, all);
    } else {
      Probes probed = new Probes(lists);
      int dimension = bank.dimension();
      float[] own = Arrays.copyOfRange(queries, from * dimension, (from + count) * dimension);
      widened = probeNearest(own, count, answers.k(), probed);
      probed.offer(rows, batch);
    }
    batch.writeNearest(answers, from);
    return widened;
  }

  private int probeNearest(float[] queries, int count, int k, Probes probed) {
    int widened = 0;
    int[] nearest = centres.nearest(queries, count, probes).rows();
    for (int query = 0; query < count; query++) {
      int reached = 0;
      for (int i = 0; i < probes; i++) {
        int list = nearest[query * probes + i];
        probed.add(query, list);
        reached += lists.size(list);
      }
      if (reached < k) {
        widen(queries, query, k - reached, probed);
        widened++;
      }
    }
    return widened;
  }

  /** Adds the next nearest lists until they contain as many rows as are missing. */
  private void widen(float[] queries, int query, int missing, Probes probed) {
    int dimension = bank.dimension();
    float[] one = Arrays.copyOfRange(queries, query * dimension, (query + 1) * dimension);
    int[] byDistance = centres.nearest(one, 1, lists.count()).rows();
    int lacking = missing;
    for (int i = probes; lacking > 0; i++) {
      probed.add(query, byDistance[i]);
      lacking -= lists.size(byDistance[i]);
    }
  }

  @Override
  public void close() {
    rows.close();
    centres.close();
  }
}
