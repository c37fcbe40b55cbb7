package io.nightjar.report.html.visualization;

import static io.nightjar.report.SampleReports.report;
import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.report.VisualizationRef;
import io.nightjar.report.html.SamplePages;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VisualizationsTest {
  private static final List<String> FIFTEEN =
      IntStream.range(0, 15).mapToObj(i -> "category " + i).toList();

  @Test
  void embedsImagesAndMapsThenMapsThenNothing() {
    List<VisualizationRef> few = SamplePages.visualizations(FIFTEEN, 1);
    List<VisualizationRef> more = SamplePages.visualizations(FIFTEEN, 12);
    List<VisualizationRef> many = SamplePages.visualizations(FIFTEEN, 60);

    assertThat(Visualizations.of(report(), few).embedding())
        .isEqualTo(Visualizations.Embedding.ALL);
    assertThat(Visualizations.of(report(), more).embedding())
        .isEqualTo(Visualizations.Embedding.MAPS);
    assertThat(Visualizations.of(report(), many).embedding())
        .isEqualTo(Visualizations.Embedding.NONE);
  }

  @Test
  void listsTheWorstOfAllCategoriesFirst() {
    List<VisualizationRef> visualizations =
        Stream.of("a 0.5", "b 0.125", "c 0.25", "d none")
            .map(name -> name.split(" "))
            .map(
                name ->
                    new VisualizationRef(
                        name[0],
                        name[0],
                        name[0],
                        1,
                        name[0],
                        VisualizationRef.Kind.WORST,
                        name[1].equals("none")
                            ? OptionalDouble.empty()
                            : OptionalDouble.of(Double.parseDouble(name[1])),
                        Optional.empty()))
            .toList();

    assertThat(Visualizations.of(report(), visualizations).worst())
        .extracting(visualization -> visualization.category())
        .containsExactly("b", "c", "a");
  }

  @Test
  void theThresholdBeginsAtTheLowestLevelThatReachesIt() {
    VisualizationRef visualization =
        SamplePages.visualization("a", "a.png", VisualizationRef.Kind.WORST, 8, 8);

    // The range is -1 to 1, so that a level is 2 / 255.
    assertThat(level(visualization, OptionalDouble.of(-1))).isZero();
    assertThat(level(visualization, OptionalDouble.of(0))).isEqualTo(128);
    assertThat(level(visualization, OptionalDouble.of(5))).isEqualTo(255);
    assertThat(level(visualization, OptionalDouble.empty())).isZero();
  }

  private static int level(VisualizationRef visualization, OptionalDouble threshold) {
    return View.of(visualization.layers().orElseThrow(), true, threshold).level();
  }
}
