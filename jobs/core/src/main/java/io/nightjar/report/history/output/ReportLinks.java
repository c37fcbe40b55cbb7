package io.nightjar.report.history.output;

import io.nightjar.io.HadoopPaths;
import io.nightjar.report.history.RunRecord;
import io.nightjar.report.table.ReportFiles;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.hadoop.fs.Path;

/** Links from the page to the reports of runs: relative where both are on one file system. */
final class ReportLinks {
  private final Path page;
  private final String root;
  private final Set<String> gone;

  /**
   * @param page the folder of the page, qualified
   * @param root the folder of the runs, qualified
   * @param gone the runs whose folders are no longer there, by path
   */
  ReportLinks(Path page, String root, Set<String> gone) {
    this.page = page;
    this.root = root;
    this.gone = gone;
  }

  /** The link to the report of a run; empty where its folder is no longer there. */
  String of(RunRecord run) {
    return gone.contains(run.path()) ? "" : report(run.path());
  }

  private String report(String run) {
    Path folder = new Path(root);
    Path report =
        HadoopPaths.child(
            run.isEmpty() ? folder : HadoopPaths.child(folder, run), ReportFiles.HTML);
    URI from = page.toUri();
    URI to = report.toUri();
    if (!Objects.equals(from.getScheme(), to.getScheme())
        || !Objects.equals(from.getAuthority(), to.getAuthority())) {
      return to.toASCIIString();
    }
    List<String> here = names(from.getPath());
    List<String> there = names(to.getPath());
    int common = 0;
    while (common < here.size()
        && common < there.size()
        && here.get(common).equals(there.get(common))) {
      common++;
    }
    List<String> parts = new ArrayList<>();
    here.subList(common, here.size()).forEach(name -> parts.add(".."));
    there.subList(common, there.size()).forEach(name -> parts.add(encoded(name)));
    return String.join("/", parts);
  }

  private static List<String> names(String path) {
    return Arrays.stream(path.split("/")).filter(name -> !name.isEmpty()).toList();
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
