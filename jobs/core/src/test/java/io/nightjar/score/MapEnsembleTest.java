package io.nightjar.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nightjar.score.MapEnsemble.Member;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MapEnsembleTest {
  private static final MapResize PLAIN = new MapResize(0, 8, 8);

  private static AnomalyMap random(Random random, int width, int height) {
    float[] values = new float[width * height];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() * 9;
    }
    return new AnomalyMap(values, width, height);
  }

  /** Between the centres of the cells, beyond the outermost their value. */
  private static double bilinear(AnomalyMap map, int width, int height, int x, int y) {
    double column = Math.min(Math.max((x + 0.5) * map.width() / width - 0.5, 0), map.width() - 1);
    double row = Math.min(Math.max((y + 0.5) * map.height() / height - 0.5, 0), map.height() - 1);
    int left = (int) column;
    int upper = (int) row;
    int right = Math.min(left + 1, map.width() - 1);
    int lower = Math.min(upper + 1, map.height() - 1);
    float[] values = map.values();
    double above =
        values[upper * map.width() + left] * (left + 1 - column)
            + values[upper * map.width() + right] * (column - left);
    double below =
        values[lower * map.width() + left] * (left + 1 - column)
            + values[lower * map.width() + right] * (column - left);
    return above * (upper + 1 - row) + below * (row - upper);
  }

  @Test
  void mapsOfDifferentGridsAreAveragedAtTheSizeOfTheImage() {
    Random random = new Random(3);
    AnomalyMap coarse = random(random, 2, 3);
    AnomalyMap fine = random(random, 5, 4);
    MapEnsemble ensemble =
        new MapEnsemble(List.of(new Member(coarse, PLAIN, 2), new Member(fine, PLAIN, 0.5)));

    AnomalyMap full = ensemble.full(13, 11);

    for (int y = 0; y < 11; y++) {
      for (int x = 0; x < 13; x++) {
        double expected =
            (bilinear(coarse, 13, 11, x, y) / 2 + bilinear(fine, 13, 11, x, y) / 0.5) / 2;
        assertThat((double) full.values()[y * 13 + x]).isCloseTo(expected, within(1e-5));
      }
    }
  }

  @Test
  void eachMapIsSmoothedAsItsOwnMethodSays() {
    AnomalyMap point = new AnomalyMap(new float[] {0, 0, 0, 0, 1, 0, 0, 0, 0}, 3, 3);
    MapResize smooth = new MapResize(2, 8, 8);
    MapEnsemble ensemble =
        new MapEnsemble(List.of(new Member(point, PLAIN, 1), new Member(point, smooth, 1)));

    float[] plain = PLAIN.full(point, 9, 9).values();
    float[] smoothed = smooth.full(point, 9, 9).values();
    float[] mean = ensemble.full(9, 9).values();

    assertThat(smoothed[40]).isLessThan(plain[40]);
    for (int i = 0; i < mean.length; i++) {
      assertThat(mean[i]).isEqualTo((float) (((double) plain[i] + smoothed[i]) / 2));
    }
  }

  @Test
  void theGridIsTheFinestOfTheMembers() {
    AnomalyMap one = new AnomalyMap(new float[] {6}, 1, 1);
    AnomalyMap four = new AnomalyMap(new float[] {1, 2, 3, 4}, 2, 2);

    AnomalyMap grid =
        new MapEnsemble(List.of(new Member(one, PLAIN, 2), new Member(four, PLAIN, 1))).grid();

    assertThat(grid.values()).containsExactly(2, 2.5f, 3, 3.5f);
  }

  @Test
  void theOrderOfTheMembersChangesNothingAndNeitherDoesTheSameMemberAgain() {
    Random random = new Random(8);
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      members.add(new Member(random(random, 3 + i, 7 - i), PLAIN, 0.1 + random.nextDouble()));
    }
    AnomalyMap full = new MapEnsemble(members).full(31, 29);
    AnomalyMap grid = new MapEnsemble(members).grid();
    for (int i = 0; i < 4; i++) {
      Collections.shuffle(members, random);
      assertThat(new MapEnsemble(members).full(31, 29).values()).isEqualTo(full.values());
      assertThat(new MapEnsemble(members).grid().values()).isEqualTo(grid.values());
    }

    Member one = members.get(0);
    assertThat(new MapEnsemble(List.of(one, one)).full(31, 29).values())
        .isEqualTo(new MapEnsemble(List.of(one)).full(31, 29).values());
  }

  @Test
  void whatNothingCanBeDividedByIsRefused() {
    AnomalyMap map = new AnomalyMap(new float[] {1}, 1, 1);
    for (double scale : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> new Member(map, PLAIN, scale))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new MapEnsemble(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
