package main

import (
	"io"
	"net/http"

	"github.com/gin-gonic/gin"
)

// Handler serves the application behind the snippet. 404 is left to Gin, and so is the redirect for a slash.
func Handler() http.Handler {
	gin.SetMode(gin.ReleaseMode)
	router := gin.New()
	router.Use(gin.CustomRecoveryWithWriter(io.Discard, func(c *gin.Context, _ any) {
		c.String(http.StatusInternalServerError, "broken")
	}), func(c *gin.Context) {
		c.Writer.Header().Add("Vary", "Accept-Encoding")
		if _, _, ok := c.Request.BasicAuth(); c.Request.URL.Path == "/private" && !ok {
			c.String(http.StatusUnauthorized, "log in")
			c.Abort()
		}
	})
	router.Any("/data", func(c *gin.Context) {
		if c.Request.Method != http.MethodGet {
			c.String(http.StatusOK, c.Request.Method+" was here")
			return
		}
		c.Header("X-Trace", "7")
		c.String(http.StatusOK, "data")
	})
	router.GET("/cacheable", func(c *gin.Context) {
		c.Header("Cache-Control", "max-age=600")
		c.String(http.StatusOK, "cacheable")
	})
	router.GET("/login", func(c *gin.Context) {
		c.SetCookie("session", "alice", 0, "", "", false, true)
		c.String(http.StatusOK, "welcome")
	})
	router.GET("/session", func(c *gin.Context) {
		cookie := c.GetHeader("Cookie")
		if cookie == "" {
			cookie = "nobody"
		}
		c.String(http.StatusOK, cookie)
	})
	router.Any("/private", func(c *gin.Context) { c.String(http.StatusOK, "private") })
	router.Any("/moved", func(c *gin.Context) { c.Redirect(http.StatusPermanentRedirect, "/data") })
	router.GET("/broken", func(c *gin.Context) { panic("broken") })
	router.GET("/unreachable", func(c *gin.Context) { c.String(http.StatusBadGateway, "unreachable") })
	router.POST("/upload", func(c *gin.Context) {
		if _, err := io.ReadAll(http.MaxBytesReader(c.Writer, c.Request.Body, 1024)); err != nil {
			c.String(http.StatusRequestEntityTooLarge, "too large")
			return
		}
		c.String(http.StatusOK, "upload")
	})
	return withCORS(router.Handler())
}
