package io.nightjar.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.cli.Nightjar;
import io.nightjar.testing.ClassPaths;
import io.nightjar.testing.JavaCommand;
import io.nightjar.testing.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The command as {@code deploy/local/nightjar} starts it, on the classes of this build. */
final class NightjarScript {
  private NightjarScript() {}

  /** A script that takes Nightjar's own command line. */
  static Path in(Path work) throws IOException {
    return write(work.resolve("nightjar"), "");
  }

  /** One that takes it after {@code --}, as {@code deploy/spark-submit/nightjar-submit} does. */
  static Path submittingIn(Path work) throws IOException {
    return write(work.resolve("nightjar-submit"), "while [ \"$1\" != -- ]; do shift; done\nshift");
  }

  private static Path write(Path file, String first) throws IOException {
    Path script =
        Files.writeString(
            file,
            String.join(
                "\n",
                "#!/usr/bin/env bash",
                "set -euo pipefail",
                first,
                ". '" + Repository.file("deploy/local/java.sh") + "'",
                "exec \"$java\" \"${flags[@]}\" "
                    + String.join(" ", JavaCommand.shortLived(ClassPaths.whole()))
                    + " -cp '"
                    + ClassPaths.whole()
                    + "' "
                    + Nightjar.class.getName()
                    + " \"$@\"",
                ""));
    assertThat(script.toFile().setExecutable(true)).isTrue();
    return script;
  }
}
