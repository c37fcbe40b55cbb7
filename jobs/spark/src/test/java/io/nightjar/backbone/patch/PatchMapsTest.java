package io.nightjar.backbone.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nightjar.backbone.Embedders;
import io.nightjar.backbone.engine.DeviceRequest;
import io.nightjar.backbone.engine.Frobenius;
import io.nightjar.backbone.engine.TinyImages;
import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.graph.PatchLayout;
import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.backbone.weights.SeededWeights;
import io.nightjar.backbone.weights.Weights;
import io.nightjar.dataset.image.RgbImage;
import io.nightjar.testing.TinyDataset;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The maps that one form of the graph gives, against the patches that another gives. */
@Tag("slow")
class PatchMapsTest {
  private static final Weights WEIGHTS = TinyDataset.weights();

  /** Stages of 20, 10, 5 and 3 pixels: coarser than the grid are none, some, or all. */
  @ParameterizedTest
  @CsvSource({
    "'1,2,3', 10, '10x192 5x256'",
    "'1,2,3,4', 5, '5x448 3x512'",
    "'1,2,3,4', 8, '8x192 5x256 3x512'",
    "'1,2', 10, '10x192'",
    "'1,2,3', 4, '4x448'",
    "'3', 10, '5x256'",
    "'3,4', 7, '5x256 3x512'"
  })
  void enlargedTheyAreThePatches(String layers, int grid, String levels) {
    EmbeddingSpec spec =
        new EmbeddingSpec(
            Architecture.RESNET18,
            Arrays.stream(layers.split(",")).map(Integer::valueOf).toList(),
            80,
            grid);
    BackboneModel model = BackboneModel.build(spec, WEIGHTS);
    List<RgbImage> images = images(3);
    float[] patches = Embedders.forTask(model, DeviceRequest.CPU, 1).embed(images);

    PatchMaps maps = Embedders.mapsForTask(model, DeviceRequest.CPU, 1).embed(images);

    assertThat(maps.images()).isEqualTo(3);
    assertThat(maps.layout().levels())
        .extracting(level -> level.size() + "x" + level.channels())
        .containsExactly(levels.split(" "));
    assertThat(maps.layout().channels()).isEqualTo(spec.channels());
    assertThat(Frobenius.relative(maps.rows(), patches)).isLessThan(1e-6);
  }

  @Test
  void layoutOfTheDefaultSpecification() {
    BackboneModel model =
        BackboneModel.build(
            EmbeddingSpec.of(Architecture.RESNET50), SeededWeights.of(Architecture.RESNET50, 1));

    assertThat(model.layout())
        .isEqualTo(
            new PatchLayout(
                28, List.of(new PatchLayout.Level(28, 768), new PatchLayout.Level(14, 1024))));
    assertThat(model.layout().values()).isEqualTo(784 * 768 + 196 * 1024);
  }

  @Test
  void writtenAndReadTheyAreTheSameBits() throws IOException, ClassNotFoundException {
    PatchLayout layout =
        new PatchLayout(2, List.of(new PatchLayout.Level(2, 1), new PatchLayout.Level(1, 2)));
    PatchMaps maps =
        new PatchMaps(
            layout, 1, List.of(new float[] {1, -0f, Float.NaN, 1e-40f}, new float[] {5, 6}));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(maps);
    }

    PatchMaps read;
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      read = (PatchMaps) in.readObject();
    }

    assertThat(read.layout()).isEqualTo(layout);
    assertThat(read.images()).isEqualTo(1);
    assertThat(read.level(0)).isEqualTo(maps.level(0));
    assertThat(read.level(1)).isEqualTo(maps.level(1));
  }

  @Test
  void wrongSizesAreRefused() {
    PatchLayout layout = new PatchLayout(2, List.of(new PatchLayout.Level(2, 3)));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PatchMaps(layout, 2, List.of(new float[23])))
        .withMessage("Level 0 of 2 images needs 24 values, not 23");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PatchMaps(layout, 2, List.of()))
        .withMessage("0 arrays cannot hold 1 levels");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new PatchLayout(
                    2, List.of(new PatchLayout.Level(1, 3), new PatchLayout.Level(2, 3))))
        .withMessageContaining("ever coarser");
  }

  private static List<RgbImage> images(int count) {
    return IntStream.range(0, count).mapToObj(i -> TinyImages.random(80, 300 + i)).toList();
  }
}
