package io.nightjar.notebook;

import java.nio.file.Path;
import java.util.Map;

/** The notebook on banks with local folders. */
class BanksNotebookTest extends BanksNotebookCases {
  private Path folder;

  @Override
  Map<String, String> start(Path directory) {
    folder = directory;
    return Map.of();
  }

  @Override
  String uri(String name) {
    return folder.resolve(name).toString();
  }
}
