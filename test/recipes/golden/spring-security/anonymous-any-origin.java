package com.example;

import java.util.List;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.filter.CorsFilter;

@Configuration
public class CorsConfig {

    @Bean
    public FilterRegistrationBean<CorsFilter> corsFilter() {
        List<String> origins = List.of("*");

        CorsConfiguration preflight = new CorsConfiguration();
        preflight.setAllowedOrigins(origins);
        // Spring turns down every other method, so the first three stand here, too.
        preflight.setAllowedMethods(List.of("GET", "HEAD", "POST"));
        preflight.setAllowedHeaders(List.of("content-type"));
        preflight.setMaxAge(600L);

        // Browsers let through what the preflight grants. Spring would turn down an OPTIONS request that is none.
        CorsConfiguration actual = new CorsConfiguration();
        actual.setAllowedOrigins(origins);
        actual.setAllowedMethods(List.of("*"));

        FilterRegistrationBean<CorsFilter> filter = new FilterRegistrationBean<>(
                new CorsFilter(request -> CorsUtils.isPreFlightRequest(request) ? preflight : actual));
        // Before the login and every other filter.
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return filter;
    }
}
