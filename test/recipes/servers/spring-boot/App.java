package app;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** The application behind each snippet. 404 and 500 are left to Spring; the login is a class of its own. */
@SpringBootConfiguration
@EnableAutoConfiguration
@RestController
public class App {

    /** Starts one server for each port; the snippet of the first is s0.CorsConfig. */
    public static void main(String[] ports) throws ClassNotFoundException {
        for (int index = 0; index < ports.length; index++) {
            new SpringApplicationBuilder(App.class, Login.class, Class.forName("s" + index + ".CorsConfig")).run(
                    "--server.address=127.0.0.1", "--server.port=" + ports[index], "--spring.main.banner-mode=off", "--logging.level.root=off",
                    "--server.tomcat.threads.max=20");
        }
    }

    @Bean
    Filter negotiate() {
        return (request, response, chain) -> {
            ((HttpServletResponse) response).addHeader("Vary", "Accept-Encoding");
            chain.doFilter(request, response);
        };
    }

    @GetMapping("/data")
    ResponseEntity<String> data() {
        return ResponseEntity.ok().header("x-trace", "7").body("data");
    }

    @RequestMapping(path = "/data", method = {RequestMethod.DELETE, RequestMethod.OPTIONS, RequestMethod.POST, RequestMethod.PUT})
    String change(jakarta.servlet.http.HttpServletRequest request) {
        return request.getMethod() + " was here";
    }

    @GetMapping("/cacheable")
    ResponseEntity<String> cacheable() {
        return ResponseEntity.ok().header("Cache-Control", "max-age=600").body("cacheable");
    }

    @GetMapping("/login")
    ResponseEntity<String> login() {
        return ResponseEntity.ok().header("Set-Cookie", "session=alice; HttpOnly").body("welcome");
    }

    @GetMapping("/session")
    String session(@RequestHeader(name = "Cookie", defaultValue = "nobody") String cookie) {
        return cookie;
    }

    @RequestMapping(path = "/private", method = {RequestMethod.GET, RequestMethod.OPTIONS, RequestMethod.PUT})
    String privateData() {
        return "private";
    }

    @RequestMapping(path = "/moved", method = {RequestMethod.GET, RequestMethod.OPTIONS, RequestMethod.PUT})
    ResponseEntity<Void> moved() {
        return ResponseEntity.status(HttpStatus.PERMANENT_REDIRECT).location(URI.create("/data")).build();
    }

    @GetMapping("/broken")
    String broken() {
        throw new IllegalStateException("broken");
    }

    @GetMapping("/unreachable")
    String unreachable() {
        throw new ResponseStatusException(HttpStatus.BAD_GATEWAY);
    }

    @PostMapping("/upload")
    String upload(@RequestBody byte[] body) {
        if (body.length > 1024) {
            throw new ResponseStatusException(HttpStatus.PAYLOAD_TOO_LARGE);
        }
        return "upload";
    }
}
