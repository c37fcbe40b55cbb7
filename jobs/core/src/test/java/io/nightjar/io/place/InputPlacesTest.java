package io.nightjar.io.place;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputPlacesTest {
  private final Configuration configuration = new Configuration();

  @TempDir private Path work;

  @BeforeEach
  void layOut() throws IOException {
    Files.createDirectories(work.resolve("exp/maps/widget"));
    Files.createDirectories(work.resolve("data/widget"));
    Files.createSymbolicLink(work.resolve("latest"), work.resolve("exp"));
    Files.createSymbolicLink(work.resolve("elsewhere"), work.resolve("data/widget"));
  }

  @ParameterizedTest
  @CsvSource({
    "exp/maps, exp",
    "exp/maps, exp/maps",
    "exp/maps, latest",
    "latest/maps, exp",
    "data/widget, elsewhere",
    "data/absent, data",
    "exp/./maps, exp/maps/../../exp"
  })
  void anInputInTheFolderOfTheResultsIsRefused(String input, String out) {
    assertThatThrownBy(() -> requireApart(input, out))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(
            "--maps " + work.resolve(input), "lies in --out " + work.resolve(out), "name another");
  }

  @ParameterizedTest
  @CsvSource({
    "data, data/results",
    "data, data/widget",
    "data, elsewhere/results",
    "latest, exp/a/b"
  })
  void aFolderForResultsInAnInputIsRefused(String input, String out) {
    assertThatThrownBy(() -> requireApart(input, out))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(
            "--out " + work.resolve(out), "lies in --maps " + work.resolve(input));
  }

  @ParameterizedTest
  @CsvSource({"data, data2", "data2, data", "exp/maps, exp/mapsets", "exp/maps, exp/results"})
  void placesNextToEachOtherAreApart(String input, String out) {
    assertThatCode(() -> requireApart(input, out)).doesNotThrowAnyException();
  }

  @Test
  void aPathAndItsUriAreOnePlace() {
    InputPlaces inputs =
        new InputPlaces(configuration).folder("--data", work.resolve("data").toUri().toString());

    assertThatThrownBy(() -> inputs.requireApart("--out", work.resolve("data/out").toString()))
        .isInstanceOf(InvalidInputException.class);
  }

  @Test
  void whatIsSearchedMayHoldTheResults() {
    String runs = work.resolve("exp").toString();
    InputPlaces inputs = new InputPlaces(configuration).searched("--runs", runs);

    assertThatCode(() -> inputs.requireApart("--out", runs + "/drift")).doesNotThrowAnyException();
    assertThatThrownBy(() -> inputs.requireApart("--out", runs))
        .isInstanceOf(InvalidInputException.class);
  }

  @Test
  void filesBehindALinkAreFoundInTheFolder() throws IOException {
    Files.createSymbolicLink(work.resolve("data/more"), work.resolve("exp/maps"));
    InputPlaces inputs =
        new InputPlaces(configuration)
            .folder("--data", Optional.of(work.resolve("data").toString()))
            .found("--data", List.of(work.resolve("data/more/widget/000.png").toUri().toString()));
    String out = work.resolve("exp").toString();

    assertThatCode(() -> inputs.requireApart("--out", out)).doesNotThrowAnyException();
    assertThatThrownBy(() -> inputs.requireNoneFoundIn("--out", out))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("data/more/widget");
  }

  @Test
  void aNameThatIsNoPlaceOverlapsNothing() {
    InputPlaces inputs =
        new InputPlaces(configuration).searched("--weights", "torchvision:resnet50");

    assertThatCode(() -> inputs.requireApart("--out", work.toString())).doesNotThrowAnyException();
  }

  private void requireApart(String input, String out) {
    new InputPlaces(configuration)
        .folder("--maps", work.resolve(input).toString())
        .requireApart("--out", work.resolve(out).toString());
  }
}
