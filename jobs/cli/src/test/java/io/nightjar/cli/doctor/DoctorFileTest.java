package io.nightjar.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.doctor.DoctorReport;
import io.nightjar.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorFileTest {
  private static final DoctorReport REPORT =
      new DoctorReport(Instant.EPOCH, "nightjar 1", "node-7", List.of());

  @TempDir private Path folder;

  @Test
  void aFileOrAFolderIsNamed() throws IOException {
    new DoctorFile(folder.resolve("a").toString()).write(REPORT, new Configuration());
    new DoctorFile(folder.resolve("b.json").toString()).write(REPORT, new Configuration());

    assertThat(folder.resolve("a/doctor.json")).hasContent(REPORT.toJson());
    assertThat(folder.resolve("b.json")).hasContent(REPORT.toJson());
  }

  @Test
  void anEarlierOneIsReplacedAndNothingElse() throws IOException {
    Path file = folder.resolve("doctor.json");
    DoctorFile doctor = new DoctorFile(folder.toString());
    doctor.write(REPORT, new Configuration());
    DoctorReport later = new DoctorReport(Instant.EPOCH, "nightjar 2", "node-7", List.of());

    doctor.write(later, new Configuration());
    assertThat(file).hasContent(later.toJson());

    for (String other : List.of("{\"document\": \"mine\"}", "{}", "text")) {
      Files.writeString(file, other);
      assertThatThrownBy(() -> doctor.write(REPORT, new Configuration()))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("was not written by doctor");
      assertThat(file).hasContent(other);
    }
  }
}
