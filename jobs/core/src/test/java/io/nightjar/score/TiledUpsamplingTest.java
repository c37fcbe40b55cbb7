package io.nightjar.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nightjar.tile.TileAxis;
import io.nightjar.tile.Tiling;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The maps of tiles, blended pixel by pixel in float64. */
class TiledUpsamplingTest {
  private static final int[][] SIZES = {{100, 70}, {40, 33}, {7, 5}, {131, 211}};

  /** Two rows and three columns of tiles of 4 x 5 cells; the last ones are shifted inwards. */
  private static final Tiling TILES =
      new Tiling(new TileAxis(70, 48, 16), new TileAxis(100, 48, 10));

  private static final int ROWS = 4;
  private static final int COLUMNS = 5;

  private static AnomalyMap map(Tiling tiles) {
    float[] patches = new float[tiles.count() * ROWS * COLUMNS];
    Random random = new Random(5);
    for (int i = 0; i < patches.length; i++) {
      patches[i] = random.nextFloat();
    }
    return AnomalyMap.of(patches, COLUMNS, ROWS, tiles);
  }

  /** Every pixel asks every cell of every tile. */
  private static double blended(AnomalyMap map, double y, double x) {
    double sum = 0;
    double weights = 0;
    for (int row = 0; row < map.height(); row++) {
      for (int column = 0; column < map.width(); column++) {
        TileAxis down = map.tiles().rows();
        TileAxis across = map.tiles().columns();
        double tile = weight(y, down, row / ROWS) * weight(x, across, column / COLUMNS);
        double share =
            tile
                * hat(y, down, row / ROWS, row % ROWS, ROWS)
                * hat(x, across, column / COLUMNS, column % COLUMNS, COLUMNS);
        weights += share;
        sum += share * map.values()[row * map.width() + column];
      }
    }
    return sum / weights;
  }

  private static double weight(double position, TileAxis axis, int tile) {
    double fromStart = position - axis.start(tile);
    double toEnd = axis.start(tile) + axis.extent() - position;
    if (fromStart < 0 || toEnd <= 0) {
      return 0;
    }
    double before = axis.start(tile) == 0 ? 1 : fromStart / axis.overlap();
    double after = axis.start(tile) + axis.extent() == axis.length() ? 1 : toEnd / axis.overlap();
    return Math.min(1, Math.min(before, after));
  }

  private static double hat(double position, TileAxis axis, int tile, int cell, int cells) {
    double within = (position - axis.start(tile)) * cells / axis.extent() - 0.5;
    double clamped = Math.max(0, Math.min(cells - 1, within));
    return Math.max(0, 1 - Math.abs(clamped - cell));
  }

  @Test
  void tilesAreBlendedAtEverySize() {
    AnomalyMap map = map(TILES);
    for (int[] size : SIZES) {
      float[] values = Upsampling.full(map, size[0], size[1]).values();
      for (int y = 0; y < size[1]; y++) {
        for (int x = 0; x < size[0]; x++) {
          assertThat((double) values[y * size[0] + x])
              .isCloseTo(
                  blended(map, (y + 0.5) * 70 / size[1], (x + 0.5) * 100 / size[0]), within(1e-6));
        }
      }
    }
  }

  @Test
  void equalScoresStayEqual() {
    AnomalyMap map = AnomalyMap.of(filled(6 * ROWS * COLUMNS, 3), COLUMNS, ROWS, TILES);

    for (float value : Upsampling.full(map, 131, 97).values()) {
      assertThat(value).isCloseTo(3, within(1e-6f));
    }
  }

  private static float[] filled(int length, float value) {
    float[] values = new float[length];
    Arrays.fill(values, value);
    return values;
  }

  @Test
  void aSingleTileIsTheImage() {
    Tiling one = new Tiling(new TileAxis(30, 48, 16), new TileAxis(40, 48, 16));
    AnomalyMap map = map(one);
    AnomalyMap whole = new AnomalyMap(map.values(), COLUMNS, ROWS);

    float[] tiled = Upsampling.full(map, 83, 57).values();
    float[] plain = Upsampling.full(whole, 83, 57).values();

    for (int i = 0; i < plain.length; i++) {
      assertThat(tiled[i]).isCloseTo(plain[i], within(1e-5f));
    }
    assertThat(map.stitched().values()).isEqualTo(map.values());
    assertThat(whole.stitched()).isSameAs(whole);
  }

  /** 70 pixels at 4 cells in 48, 100 at 5 cells in 48: 5.8 and 10.4. */
  @Test
  void theStitchedMapHasTheCellsOfTiles() {
    AnomalyMap stitched = map(TILES).stitched();

    assertThat(stitched.height()).isEqualTo(6);
    assertThat(stitched.width()).isEqualTo(10);
    assertThat(stitched.tiles().isWhole()).isTrue();
  }

  /** Row by row, the smoothing is that of the whole map, to the bit. */
  @Test
  void smoothedRowsAreThoseOfTheWholeMap() {
    AnomalyMap map = map(TILES);
    for (int[] size : new int[][] {{100, 70}, {40, 333}, {3, 2}}) {
      for (double smoothing : new double[] {0.1, 2, 9}) {
        MapResize resize = new MapResize(smoothing, 24, 32);
        AnomalyMap whole = resize.full(map, size[0], size[1]);
        // A tile of 48 pixels is 24 or 32 pixels of the input.
        AnomalyMap expected =
            GaussianSmoothing.smooth(
                Upsampling.full(map, size[0], size[1]),
                smoothing * size[0] / 32 * 0.48,
                smoothing * size[1] / 24 * (48.0 / 70));
        assertThat(whole.values()).isEqualTo(expected.values());

        int[] next = {0};
        resize.rows(
            map,
            size[0],
            size[1],
            (y, row) -> {
              assertThat(y).isEqualTo(next[0]++);
              assertThat(row)
                  .isEqualTo(Arrays.copyOfRange(whole.values(), y * size[0], (y + 1) * size[0]));
            });
        assertThat(next[0]).isEqualTo(size[1]);
      }
    }
  }

  @Test
  void aMapThatIsNotOfItsTilesIsRefused() {
    assertThatThrownBy(() -> new AnomalyMap(new float[35], 7, 5, TILES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not that of 2 x 3 tiles of 48 x 48 pixels");
  }
}
