package io.nightjar.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.nightjar.backbone.graph.OnnxGraphBuilder;
import io.nightjar.dataset.image.RgbImage;
import io.nightjar.score.AnomalyMap;
import io.nightjar.score.MapResize;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MapSectionTest {
  private static final int GRID = 7;
  private static final int IMAGE_SIZE = 56;
  private static final int[][] SIZES = {
    {1, 1}, {1, 40}, {90, 1}, {7, 7}, {3, 5}, {56, 56}, {131, 77}
  };

  /** Sizes below and above the grid; smoothing from less than a cell to the most that is taken. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, 1.5, 4, 14})
  void isTheProgramsMap(double smoothing) throws Exception {
    float[] cells = cells();
    AnomalyMap grid = new AnomalyMap(cells, GRID, GRID);
    try (ExportRun graph = ExportRun.of(graph(cells, smoothing))) {
      for (int[] size : SIZES) {
        float[] expected =
            new MapResize(smoothing, IMAGE_SIZE, IMAGE_SIZE).full(grid, size[0], size[1]).values();

        float[] map =
            ExportRun.floats(
                graph.outputs(new RgbImage(size[0], size[1], new byte[3 * size[0] * size[1]])),
                "map");

        assertThat(map).as("%d x %d", size[0], size[1]).containsExactly(expected, within(5e-5f));
      }
    }
  }

  private static float[] cells() {
    Random random = new Random(9);
    float[] cells = new float[GRID * GRID];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = 20 * random.nextFloat();
    }
    return cells;
  }

  private static byte[] graph(float[] cells, double smoothing) {
    OnnxGraphBuilder graph = new OnnxGraphBuilder("map");
    ImageInput image = ImageInput.add(graph);
    String grid = new Operators(graph, "grid").tensor(List.of(GRID, GRID), cells);
    String map = MapSection.add(graph, grid, GRID, GRID, image, smoothing, IMAGE_SIZE, IMAGE_SIZE);
    graph.node("Identity", "map", List.of(map));
    graph.shapedOutput("map", DataType.FLOAT, List.of("height", "width"));
    return graph.build(Map.of());
  }
}
