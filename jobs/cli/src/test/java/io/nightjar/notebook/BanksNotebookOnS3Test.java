package io.nightjar.notebook;

import io.nightjar.testing.S3Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;

/** The notebook on banks with images, weights, banks and results on S3. */
class BanksNotebookOnS3Test extends BanksNotebookCases {
  private S3Server s3;

  @Override
  Map<String, String> start(Path directory) throws IOException {
    s3 = S3Server.start(directory);
    return s3.hadoopProperties();
  }

  @Override
  String uri(String name) {
    return s3.uri(name);
  }

  @AfterAll
  void stop() {
    if (s3 != null) {
      s3.close();
    }
  }
}
