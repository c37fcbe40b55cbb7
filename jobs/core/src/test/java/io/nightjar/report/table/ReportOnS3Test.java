package io.nightjar.report.table;

import static io.nightjar.report.SampleReports.category;
import static io.nightjar.report.SampleReports.report;
import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.report.EvaluationReport;
import io.nightjar.report.html.HtmlReport;
import io.nightjar.report.page.PageContext;
import io.nightjar.report.published.Comparison;
import io.nightjar.testing.S3Server;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page in a bucket, opened by its address over HTTP, as a presigned link does. */
@Tag("slow")
class ReportOnS3Test {
  private static final String HTML = "text/html; charset=utf-8";

  private final EvaluationReport results = report(category("bottle", 0.75));
  private final Comparison comparison = Comparison.none("The images are drawn.");
  private S3Server s3;

  @BeforeEach
  void write(@TempDir Path work) throws IOException {
    s3 = S3Server.start(work);
    Configuration configuration = new Configuration();
    s3.hadoopProperties().forEach(configuration::set);
    new ReportFiles(s3.uri("runs/1"), configuration)
        .writePage(results, comparison, PageContext.NONE);
  }

  @AfterEach
  void stop() {
    if (s3 != null) {
      s3.close();
    }
  }

  private HttpResponse<String> get(String query) throws IOException, InterruptedException {
    URI place = URI.create(s3.uri("runs/1/report.html"));
    URI address =
        URI.create(
            "http://127.0.0.1:" + s3.port() + "/" + place.getHost() + place.getPath() + query);
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(address).build(),
            HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  private static String type(HttpResponse<String> answer) {
    return answer.headers().firstValue("Content-Type").orElse("");
  }

  /** As docs/outputs.md says: the link has to name what the page is. */
  @Test
  void isShownByALinkThatNamesItsType() throws Exception {
    HttpResponse<String> page =
        get("?response-content-type=" + URLEncoder.encode(HTML, StandardCharsets.UTF_8));

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(type(page).replace(" ", "")).isEqualToIgnoringCase(HTML.replace(" ", ""));
    assertThat(page.body()).isEqualTo(HtmlReport.render(results, comparison, PageContext.NONE));
    assertThat(type(get(""))).doesNotContain("html");
  }
}
