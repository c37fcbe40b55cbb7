package io.nightjar.cli.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.cli.ensemble.MemberLines.MemberLine;
import io.nightjar.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class MemberLinesTest {
  @Command(name = "evaluate")
  @SuppressWarnings("UnusedVariable") // set from the arguments, which are all that counts
  private static final class Line {
    @Option(names = {"--neighbours", "--neighbors"})
    private int neighbours;

    @Option(names = "--category", split = ",")
    private List<String> categories;

    @Option(names = "--weights")
    private String weights;

    @Option(names = "--smoothing")
    private double smoothing;

    @Option(names = "--exact-metrics")
    private boolean exact;

    @Option(names = "--out")
    private String out;
  }

  @TempDir private Path work;

  private List<MemberLine> lines(String settings, String... arguments) throws IOException {
    Path file = Files.writeString(work.resolve("members.conf"), "nightjar {\n" + settings + "\n}");
    CommandLine line = new CommandLine(new Line());
    line.parseArgs(arguments);
    return new MemberLines(line.getCommandSpec(), Set.of("--out")).of(file);
  }

  @Test
  void eachMemberHasTheCommandLineAndWhatTheFileSaysOfIt() throws IOException {
    List<MemberLine> lines =
        lines(
            """
            variance = 0.9
            image-size = [224, 448]
            configurations {
              small { backbone = resnet18, weights = "small.pth" }
            }
            """,
            "--neighbors",
            "3",
            "--category",
            "bottle,screw",
            "--exact-metrics",
            "--weights",
            "large.pth",
            "--out",
            "results");

    assertThat(lines)
        .extracting(MemberLine::name)
        .containsExactly("image-size-224", "image-size-448", "small");
    assertThat(lines.get(0).arguments())
        .containsExactly(
            "--variance=0.9",
            "--neighbours=3",
            "--category=bottle,screw",
            "--exact-metrics",
            "--weights=large.pth");
    assertThat(lines.get(0).defaults()).isEqualTo(Map.of("image-size", "224"));
    assertThat(lines.get(1).arguments()).startsWith("--variance=0.9", "--image-size=448");
    assertThat(lines.get(2).arguments())
        .containsExactly(
            "--variance=0.9",
            "--backbone=resnet18",
            "--weights=small.pth",
            "--neighbours=3",
            "--category=bottle,screw",
            "--exact-metrics");
  }

  @Test
  void membersOfOneNetworkShareItsEmbeddings() throws IOException {
    List<MemberLine> lines = lines("coreset = [1, 0.5]\nneighbours = [1, 2]");

    assertThat(lines).hasSize(4);
    assertThat(lines)
        .allSatisfy(
            line -> {
              assertThat(line.arguments()).contains("--keep-embeddings");
              assertThat(line.otherNeighbours()).containsExactly(1, 2);
            });
  }

  @Test
  void whatIsSaidTwiceIsRefused() {
    assertThatThrownBy(() -> lines("smoothing = [0, 4]", "--smoothing", "2"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(
            "The option --smoothing is given on the command line, and --ensemble ")
        .hasMessageEndingWith("names it as well; leave one out.");
  }

  @Test
  void aFileThatCannotBeUsedIsNamedWithItsOption() {
    assertThatThrownBy(() -> lines("resolution = [224, 448]"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("--ensemble ")
        .hasMessageContaining("cannot differ in nightjar.resolution");
    assertThatThrownBy(() -> lines("nonsense = 3"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("--ensemble ")
        .hasMessageContaining("there is no setting nightjar.nonsense");
    assertThatThrownBy(() -> lines("configurations { a { smoothing = 2 }, b { smoothing = 2.0 } }"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("the configurations a and b are the same; leave one out");
  }
}
