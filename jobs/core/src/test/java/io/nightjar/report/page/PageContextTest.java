package io.nightjar.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.report.VisualizationRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PageContextTest {
  @Test
  void theVerdictIsAddedToWhatIsThere() {
    VisualizationRef visualization = new VisualizationRef("a", "b", "c", 1);
    CategoryParts parts =
        new CategoryParts("a", List.of(new CategoryParts.Part("x", "x", "crack", 1)));
    BaselineSummary passed = BaselineSummary.of(BaselineSummary.State.PASSED, "Passed.");

    PageContext with =
        new PageContext(List.of(visualization), List.of(parts), Optional.empty()).with(passed);

    assertThat(with.visualizations()).containsExactly(visualization);
    assertThat(with.parts()).containsExactly(parts);
    assertThat(with.baseline()).contains(passed);
  }

  @Test
  void laterChangesOfAListChangeNothing() {
    List<VisualizationRef> visualizations = new ArrayList<>();
    PageContext context = PageContext.of(visualizations);
    visualizations.add(new VisualizationRef("a", "b", "c", 1));

    assertThat(context.visualizations()).isEmpty();
  }

  @Test
  void aPartWithAKindOfDefectIsDefective() {
    assertThat(new CategoryParts.Part("x", "x", "crack", 1).isDefective()).isTrue();
    assertThat(new CategoryParts.Part("x", "x", "", 1).isDefective()).isFalse();
  }
}
