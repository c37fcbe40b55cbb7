package io.nightjar.metric.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nightjar.error.InvalidInputException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegionFinderTest {

  @Test
  void aRegionHasBoxCentroidPeakAndMean() {
    float[][] map = {
      {0, 0, 0, 0, 0},
      {0, 2, 3, 0, 0},
      {0, 0, 5, 0, 1},
      {0, 0, 0, 0, 1}
    };

    List<AnomalyRegion> regions = find(map, 1, RegionRules.DEFAULT).all();

    assertThat(regions)
        .containsExactly(
            new AnomalyRegion(3, 1, 1, 2, 2, 5 / 3.0, 4 / 3.0, 5, 2, 2, 10 / 3.0),
            new AnomalyRegion(2, 4, 2, 1, 2, 4, 2.5, 1, 4, 2, 1));
  }

  @Test
  void aPixelAtTheThresholdBelongsAndOneBelowDoesNot() {
    float[][] map = {{Math.nextDown(1.5f), 1.5f}};

    assertThat(find(map, 1.5f, RegionRules.DEFAULT).all())
        .extracting(AnomalyRegion::left)
        .containsExactly(1);
  }

  @Test
  void smallRegionsAreLeftOutOfTheMaskToo() {
    float[][] map = {{1, 0, 1, 1}, {0, 0, 1, 0}};

    AnomalyRegions regions = find(map, 1, new RegionRules(3, 0));

    assertThat(regions.all()).hasSize(1);
    boolean[] row = new boolean[4];
    regions.row(0, row);
    assertThat(row).containsExactly(false, false, true, true);
  }

  @Test
  void partsWithinTheDistanceAreOneRegionAndItsAreaIsTheirs() {
    float[][] map = {{1, 0, 0, 1}, {0, 0, 0, 0}, {0, 0, 0, 0}, {0, 2, 0, 0}};

    assertThat(find(map, 1, new RegionRules(1, 1)).all()).hasSize(3);
    List<AnomalyRegion> merged = find(map, 1, new RegionRules(1, 2)).all();
    assertThat(merged)
        .containsExactly(new AnomalyRegion(3, 0, 0, 4, 4, 4 / 3.0, 1, 2, 1, 3, 4 / 3.0));
  }

  @Test
  void runLengthsGoDownTheColumnsBeginningOutside() {
    // Column by column: 1 1 | 0 1 | 0 0.
    assertThat(find(new float[][] {{1, 0, 0}, {1, 1, 0}}, 1, RegionRules.DEFAULT).runLengths(0))
        .containsExactly(0, 2, 1, 1, 2);
    // 0 0 | 0 1 | 0 1.
    assertThat(find(new float[][] {{0, 0, 0}, {0, 1, 1}}, 1, RegionRules.DEFAULT).runLengths(0))
        .containsExactly(3, 1, 1, 1);
  }

  @Test
  void aMapWithoutAnyPixelAboveHasNoRegion() {
    assertThat(find(new float[][] {{1, 2}}, 3, RegionRules.DEFAULT).all()).isEmpty();
  }

  @Test
  void missingRowsAreRefused() {
    RegionFinder finder = new RegionFinder(1, 2, 0, RegionRules.DEFAULT);
    finder.accept(0, new float[] {1});

    assertThatThrownBy(finder::regions).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void rulesOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new RegionRules(0, 0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("The option --min-area is 0; it must be at least 1 pixel.");
    assertThatThrownBy(() -> new RegionRules(1, -1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("The option --merge-within is -1; it must be 0 to 1000 pixels.");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void randomMapsEqualFlooding(long seed) {
    Random random = new Random(seed);
    int width = 1 + random.nextInt(40);
    int height = 1 + random.nextInt(40);
    float[][] map = new float[height][width];
    for (float[] row : map) {
      for (int x = 0; x < width; x++) {
        row[x] = random.nextFloat();
      }
    }
    float threshold = 0.6f + 0.4f * random.nextFloat();
    RegionRules rules = new RegionRules(1 + random.nextInt(4), random.nextInt(3));

    AnomalyRegions found = find(map, threshold, rules);

    List<Set<Integer>> flooded = flood(map, threshold, rules.mergeWithin() + 1);
    flooded.removeIf(pixels -> pixels.size() < rules.minArea());
    List<Set<Integer>> decoded = new ArrayList<>();
    for (int place = 0; place < found.all().size(); place++) {
      AnomalyRegion region = found.all().get(place);
      Set<Integer> pixels = decode(found.runLengths(place), width, height);
      decoded.add(pixels);
      assertThat(region.area()).isEqualTo(pixels.size());
      assertThat(region.mean())
          .isCloseTo(mean(pixels, i -> map[i / width][i % width]), within(1e-6));
      assertThat(region.centroidX()).isCloseTo(mean(pixels, i -> i % width), within(1e-9));
      assertThat(region.centroidY()).isCloseTo(mean(pixels, i -> i / width), within(1e-9));
      assertThat(region.left())
          .isEqualTo(pixels.stream().mapToInt(i -> i % width).min().orElse(-1));
      assertThat(region.top()).isEqualTo(pixels.stream().mapToInt(i -> i / width).min().orElse(-1));
      assertThat(region.left() + region.width() - 1)
          .isEqualTo(pixels.stream().mapToInt(i -> i % width).max().orElse(-1));
      assertThat(region.top() + region.height() - 1)
          .isEqualTo(pixels.stream().mapToInt(i -> i / width).max().orElse(-1));
      assertThat(region.peak()).isEqualTo(map[region.peakY()][region.peakX()]);
      assertThat(pixels)
          .contains(region.peakY() * width + region.peakX())
          .allMatch(i -> map[i / width][i % width] <= region.peak());
    }
    assertThat(decoded).containsExactlyInAnyOrderElementsOf(flooded);
    assertThat(found.all()).extracting(region -> -region.peak()).isSorted();
    assertThat(mask(found, width, height))
        .isEqualTo(flooded.stream().collect(HashSet<Integer>::new, Set::addAll, Set::addAll));
  }

  private static AnomalyRegions find(float[][] map, float threshold, RegionRules rules) {
    RegionFinder finder = new RegionFinder(map[0].length, map.length, threshold, rules);
    for (int y = 0; y < map.length; y++) {
      finder.accept(y, map[y].clone());
    }
    return finder.regions();
  }

  private static double mean(Set<Integer> pixels, java.util.function.ToDoubleFunction<Integer> of) {
    return pixels.stream().mapToDouble(of).average().orElseThrow();
  }

  private static Set<Integer> mask(AnomalyRegions found, int width, int height) {
    Set<Integer> mask = new HashSet<>();
    boolean[] row = new boolean[width];
    for (int y = 0; y < height; y++) {
      found.row(y, row);
      int start = y * width;
      IntStream.range(0, width).filter(x -> row[x]).forEach(x -> mask.add(start + x));
    }
    return mask;
  }

  /** As COCO's readers take it: column by column. */
  private static Set<Integer> decode(int[] lengths, int width, int height) {
    assertThat(IntStream.of(lengths).sum()).isEqualTo(width * height);
    Set<Integer> pixels = new HashSet<>();
    int next = 0;
    for (int i = 0; i < lengths.length; i++) {
      assertThat(i == 0 || lengths[i] > 0).isTrue();
      for (int n = 0; n < lengths[i]; n++, next++) {
        if (i % 2 == 1) {
          pixels.add(next % height * width + next / height);
        }
      }
    }
    return pixels;
  }

  private static List<Set<Integer>> flood(float[][] map, float threshold, int reach) {
    List<Set<Integer>> regions = new ArrayList<>();
    int width = map[0].length;
    boolean[] seen = new boolean[map.length * width];
    for (int i = 0; i < seen.length; i++) {
      if (seen[i] || map[i / width][i % width] < threshold) {
        continue;
      }
      Set<Integer> region = new HashSet<>();
      Deque<Integer> open = new ArrayDeque<>(List.of(i));
      seen[i] = true;
      while (!open.isEmpty()) {
        int pixel = open.pop();
        region.add(pixel);
        for (int y = pixel / width - reach; y <= pixel / width + reach; y++) {
          for (int x = pixel % width - reach; x <= pixel % width + reach; x++) {
            if (y >= 0
                && y < map.length
                && x >= 0
                && x < width
                && !seen[y * width + x]
                && map[y][x] >= threshold) {
              seen[y * width + x] = true;
              open.push(y * width + x);
            }
          }
        }
      }
      regions.add(region);
    }
    return regions;
  }
}
