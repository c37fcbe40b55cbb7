package io.nightjar.report.openmetrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.testing.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The documentation and the rules name the metrics that there are. */
class MonitoringPageTest {
  private static final Set<String> NAMES =
      Arrays.stream(Family.values()).map(Family::metric).collect(Collectors.toSet());

  @Test
  void thePageListsEveryMetricWithItsMeaning() throws IOException {
    String page = Files.readString(Repository.file("docs/monitoring.md"));

    for (Family family : Family.values()) {
      String name = family.kind() == Family.Kind.INFO ? family.metric() + "_info" : family.metric();
      assertThat(page.lines())
          .anyMatch(
              line -> line.startsWith("| `" + name + "` |") && line.endsWith(family.help() + " |"));
    }
  }

  @Test
  void theRulesUseMetricsThatExist() throws IOException {
    String rules = Files.readString(Repository.file("deploy/prometheus/nightjar.rules.yml"));
    Set<String> used = new TreeSet<>();
    Pattern.compile("\\bnightjar_[a-z_]+")
        .matcher(rules.replaceAll("(?m)#.*$", ""))
        .results()
        .forEach(found -> used.add(found.group()));

    assertThat(used).isNotEmpty().isSubsetOf(NAMES);
  }
}
