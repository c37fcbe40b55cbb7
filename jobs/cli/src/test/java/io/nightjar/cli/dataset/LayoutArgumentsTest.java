package io.nightjar.cli.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.dataset.layout.known.KnownLayouts;
import io.nightjar.error.InvalidInputException;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class LayoutArgumentsTest {
  @Command
  static final class Any {
    @Mixin private LayoutArguments layout;
  }

  /** The help names every layout that there is. */
  @Test
  void everyLayoutIsDescribed() {
    String help = new CommandLine(new Any()).getUsageMessage().replaceAll("\\s+", " ");

    for (String id : KnownLayouts.ids()) {
      assertThat(help).contains(id);
    }
  }

  @Test
  void theNameIsGivenAsItIs() {
    Any command = new Any();
    new CommandLine(command).parseArgs("--layout", "ksdd");

    assertThat(command.layout.layout()).isEqualTo("ksdd");
  }

  @Test
  void anUnknownNameIsRefused() {
    Any command = new Any();
    new CommandLine(command).parseArgs("--layout", "mvtec");

    assertThatThrownBy(command.layout::layout)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("The option --layout is \"mvtec\"; it must be auto or");
  }
}
