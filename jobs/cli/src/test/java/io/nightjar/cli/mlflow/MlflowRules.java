package io.nightjar.cli.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightjar.cli.outcome.RecordingServer.Answer;
import io.nightjar.cli.outcome.RecordingServer.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What MLflow's documentation says of the requests of its REST API 2.0: the fields of each, their
 * limits, and the order of a run's life. Anything else is refused as the server does.
 */
final class MlflowRules implements Function<Request, Answer> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, Set<String>> FIELDS =
      Map.of(
          "experiments/create", Set.of("name", "artifact_location", "tags"),
          "runs/create", Set.of("experiment_id", "run_name", "start_time", "tags", "user_id"),
          "runs/log-batch", Set.of("run_id", "metrics", "params", "tags"),
          "runs/update", Set.of("run_id", "status", "end_time", "run_name"));
  private static final String ARTIFACTS = "/api/2.0/mlflow-artifacts/artifacts/";

  final Map<String, String> experiments = new TreeMap<>();
  final Map<String, String> params = new TreeMap<>();
  final Map<String, Double> metrics = new TreeMap<>();
  final Map<String, String> tags = new TreeMap<>();
  final Map<String, byte[]> artifacts = new LinkedHashMap<>();
  String status = "";
  long started;
  String runName = "";
  String artifactUri = "mlflow-artifacts:/7/abc/artifacts";

  @Override
  public synchronized Answer apply(Request request) {
    try {
      String target = request.target();
      if (request.method().equals("PUT") && target.startsWith(ARTIFACTS)) {
        artifacts.put(target.substring(ARTIFACTS.length()), request.body());
        return Answer.of(200);
      }
      String method = target.replaceFirst("^/api/2\\.0/mlflow/", "").replaceFirst("\\?.*", "");
      if (request.method().equals("GET") && method.equals("experiments/get-by-name")) {
        String name =
            java.net.URLDecoder.decode(
                target.replaceFirst(".*experiment_name=", ""),
                java.nio.charset.StandardCharsets.UTF_8);
        return experiments.containsKey(name)
            ? json("{\"experiment\": {\"experiment_id\": \"" + experiments.get(name) + "\"}}")
            : error(404, "RESOURCE_DOES_NOT_EXIST", "No such experiment");
      }
      if (!request.method().equals("POST") || !FIELDS.containsKey(method)) {
        return error(404, "ENDPOINT_NOT_FOUND", request.method() + " " + target);
      }
      JsonNode body = JSON.readTree(request.body());
      for (var names = body.fieldNames(); names.hasNext(); ) {
        String name = names.next();
        if (!FIELDS.get(method).contains(name)) {
          return error(400, "INVALID_PARAMETER_VALUE", method + " has no field " + name);
        }
      }
      if (request.body().length > 1_000_000) {
        return error(400, "INVALID_PARAMETER_VALUE", "larger than 1 MB");
      }
      return switch (method) {
        case "experiments/create" -> {
          experiments.put(body.get("name").textValue(), "7");
          yield json("{\"experiment_id\": \"7\"}");
        }
        case "runs/create" -> create(body);
        case "runs/log-batch" -> log(body);
        default -> update(body);
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Answer create(JsonNode body) {
    if (!experiments.containsValue(body.get("experiment_id").textValue())) {
      return error(404, "RESOURCE_DOES_NOT_EXIST", "No such experiment");
    }
    started = body.get("start_time").longValue();
    runName = body.get("run_name").textValue();
    body.get("tags")
        .forEach(tag -> tags.put(tag.get("key").textValue(), tag.get("value").textValue()));
    status = "RUNNING";
    return json(
        "{\"run\": {\"info\": {\"run_id\": \"abc\", \"artifact_uri\": \"" + artifactUri + "\"}}}");
  }

  private Answer log(JsonNode body) {
    if (!status.equals("RUNNING") || !body.get("run_id").textValue().equals("abc")) {
      return error(400, "INVALID_STATE", "The run does not take anything");
    }
    if (body.get("params").size() > 100
        || body.get("metrics").size() > 1000
        || body.get("params").size() + body.get("metrics").size() > 1000) {
      return error(400, "INVALID_PARAMETER_VALUE", "too many in one request");
    }
    for (JsonNode param : body.get("params")) {
      String key = param.get("key").textValue();
      String value = param.get("value").textValue();
      if (!valid(key) || value.length() > 500 || params.put(key, value) != null) {
        return error(400, "INVALID_PARAMETER_VALUE", "parameter " + key);
      }
    }
    for (JsonNode metric : body.get("metrics")) {
      String key = metric.get("key").textValue();
      if (!valid(key)
          || !metric.get("value").isNumber()
          || !metric.get("timestamp").isIntegralNumber()
          || !metric.get("step").isIntegralNumber()
          || metrics.put(key, metric.get("value").doubleValue()) != null) {
        return error(400, "INVALID_PARAMETER_VALUE", "metric " + key);
      }
    }
    return json("{}");
  }

  private Answer update(JsonNode body) {
    String next = body.get("status").textValue();
    if (!Set.of("FINISHED", "FAILED", "KILLED").contains(next)
        || body.get("end_time").longValue() < started) {
      return error(400, "INVALID_PARAMETER_VALUE", "status " + next);
    }
    status = next;
    return json("{\"run_info\": {}}");
  }

  private static boolean valid(String key) {
    return key.length() <= 250 && key.matches("[A-Za-z0-9_\\-. /]+");
  }

  private static Answer json(String body) {
    return new Answer(200, body, Map.of("Content-Type", "application/json"));
  }

  private static Answer error(int status, String code, String message) {
    return new Answer(
        status,
        "{\"error_code\": \"" + code + "\", \"message\": \"" + message + "\"}",
        Map.of("Content-Type", "application/json"));
  }
}
