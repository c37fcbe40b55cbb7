package io.nightjar.job.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RunLabelTest {

  @Test
  void figuresAreComparedUnlessTheLabelSaysWhyNot() {
    String reason = "The weights are random.";
    RunLabel random = new RunLabel("A demonstration", List.of(), reason);

    assertThat(random.comparable()).isFalse();
    assertThat(random.comparison().published()).isEmpty();
    assertThat(random.comparison().reason()).isEqualTo(reason);
    assertThat(RunLabel.pretrained().comparison().published()).isPresent();
  }
}
