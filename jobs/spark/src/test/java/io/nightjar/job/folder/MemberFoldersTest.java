package io.nightjar.job.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.error.InvalidInputException;
import io.nightjar.io.place.InputPlaces;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runs of members within the folder of a run are kept, and nothing else is taken for them. */
class MemberFoldersTest {
  private static final Configuration CONFIGURATION = new Configuration();

  @TempDir private Path out;

  private RunFolder claim(Path folder, boolean overwrite) {
    return RunFolder.claim(
        folder.toString(), overwrite, new InputPlaces(CONFIGURATION), CONFIGURATION);
  }

  private void publish(Path folder, String content, boolean overwrite) throws IOException {
    try (RunFolder run = claim(folder, overwrite)) {
      Path location = Path.of(URI.create(run.location()));
      Files.writeString(location.resolve("metrics.json"), content);
      Files.writeString(
          location.resolve("run.json"),
          "{\"format_version\": 1, \"options\": {}, \"versions\": {\"nightjar\": \"1\"},"
              + " \"files\": [\"metrics.json\", \"run.json\"]}");
      run.publish();
    }
  }

  @Test
  void membersStayWhenResultsComeAndAreReplaced() throws IOException {
    Path member = out.resolve("members/one");
    try (RunFolder whole = claim(out, false)) {
      publish(member, "of a member", false);
      assertThat(Path.of(URI.create(whole.location()))).isEmptyDirectory();
    }
    publish(out, "first", false);
    Files.writeString(out.resolve("members/.DS_Store"), "of a desktop");
    publish(out, "second", true);

    assertThat(out.resolve("metrics.json")).hasContent("second");
    assertThat(member.resolve("metrics.json")).hasContent("of a member");
    publish(member, "again", true);
    assertThat(member.resolve("metrics.json")).hasContent("again");
  }

  @Test
  void whatNoRunHasWrittenThereIsNeverPassedOver() throws IOException {
    publish(out.resolve("members/one"), "of a member", false);
    Path notes = Files.writeString(out.resolve("members/notes.txt"), "mine");
    assertThatThrownBy(() -> claim(out, true))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("files that no run of Nightjar has written");
    Files.delete(notes);
    Files.writeString(out.resolve("members/one/notes.txt"), "mine");
    assertThatThrownBy(() -> claim(out, true))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("members/one");
  }
}
