var e=`M14.66 14.18C14.69 14.29 14.7 14.4 14.7 14.5C14.73 15.15 14.44 15.85 13.97 16.28C13.75 16.47 13.39 16.67 13.11 16.75C12.23 17.06 11.35 16.62 10.83 16.11C11.77 15.89 12.32 15.21 12.5 14.5C12.62 13.89 12.37 13.38 12.27 12.78C12.17 12.2 12.19 11.71 12.4 11.18C12.55 11.47 12.71 11.77 12.9 12C13.5 12.78 14.45 13.12 14.66 14.18M22 12C22 17.5 17.5 22 12 22S2 17.5 2 12 6.5 2 12 2 22 6.5 22 12M17.16 12.56L17.06 12.36C16.9 12 16.45 11.38 16.45 11.38C16.27 11.15 16.05 10.94 15.85 10.74C15.32 10.27 14.73 9.94 14.22 9.45C13.05 8.31 12.79 6.44 13.54 5C12.79 5.18 12.14 5.58 11.58 6.03C9.55 7.65 8.75 10.5 9.71 12.95C9.74 13.03 9.77 13.11 9.77 13.21C9.77 13.38 9.65 13.53 9.5 13.6C9.31 13.67 9.13 13.63 9 13.5C8.93 13.46 8.9 13.42 8.87 13.37C8 12.26 7.84 10.66 8.43 9.39C7.12 10.45 6.41 12.24 6.5 13.92C6.56 14.31 6.6 14.7 6.74 15.09C6.85 15.56 7.06 16 7.3 16.44C8.14 17.78 9.61 18.75 11.19 18.94C12.87 19.15 14.67 18.85 15.96 17.7C17.4 16.4 17.9 14.33 17.16 12.56Z`,t=`M7,2V13H10V22L17,10H13L17,2H7Z`,n=`M5,19A1,1 0 0,0 6,20H18A1,1 0 0,0 19,19C19,18.79 18.93,18.59 18.82,18.43L13,8.35V4H11V8.35L5.18,18.43C5.07,18.59 5,18.79 5,19M6,22A3,3 0 0,1 3,19C3,18.4 3.18,17.84 3.5,17.37L9,7.81V6A1,1 0 0,1 8,5V4A2,2 0 0,1 10,2H14A2,2 0 0,1 16,4V5A1,1 0 0,1 15,6V7.81L20.5,17.37C20.82,17.84 21,18.4 21,19A3,3 0 0,1 18,22H6M13,16L14.34,14.66L16.27,18H7.73L10.39,13.39L13,16M12.5,12A0.5,0.5 0 0,1 13,12.5A0.5,0.5 0 0,1 12.5,13A0.5,0.5 0 0,1 12,12.5A0.5,0.5 0 0,1 12.5,12Z`,r=`M9.5,3A6.5,6.5 0 0,1 16,9.5C16,11.11 15.41,12.59 14.44,13.73L14.71,14H15.5L20.5,19L19,20.5L14,15.5V14.71L13.73,14.44C12.59,15.41 11.11,16 9.5,16A6.5,6.5 0 0,1 3,9.5A6.5,6.5 0 0,1 9.5,3M9.5,5C7,5 5,7 5,9.5C5,12 7,14 9.5,14C12,14 14,12 14,9.5C14,7 12,5 9.5,5Z`,i=`M21 11C21 6.03 16.97 2 12 2S3 6.03 3 11C3 14.92 5.5 18.24 9 19.5V22H11V19.94C11.33 20 11.66 20 12 20S12.67 20 13 19.94V22H15V19.5C18.5 18.24 21 14.92 21 11M12 18C8.14 18 5 14.86 5 11S8.14 4 12 4 19 7.14 19 11 15.86 18 12 18M8 7H16V9H8V7M12.75 10L9.75 13L11 14.25L9.75 15.5L11.25 17L14.25 14L13 12.75L14.25 11.5L12.75 10Z`,a=`M12,20A6,6 0 0,1 6,14C6,10 12,3.25 12,3.25C12,3.25 18,10 18,14A6,6 0 0,1 12,20Z`,o=globalThis,s=o.ShadowRoot&&(o.ShadyCSS===void 0||o.ShadyCSS.nativeShadow)&&`adoptedStyleSheets`in Document.prototype&&`replace`in CSSStyleSheet.prototype,c=Symbol(),l=new WeakMap,u=class{constructor(e,t,n){if(this._$cssResult$=!0,n!==c)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=e,this.t=t}get styleSheet(){let e=this.o,t=this.t;if(s&&e===void 0){let n=t!==void 0&&t.length===1;n&&(e=l.get(t)),e===void 0&&((this.o=e=new CSSStyleSheet).replaceSync(this.cssText),n&&l.set(t,e))}return e}toString(){return this.cssText}},d=e=>new u(typeof e==`string`?e:e+``,void 0,c),f=(e,...t)=>new u(e.length===1?e[0]:t.reduce((t,n,r)=>t+(e=>{if(!0===e._$cssResult$)return e.cssText;if(typeof e==`number`)return e;throw Error(`Value passed to 'css' function must be a 'css' function result: `+e+`. Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.`)})(n)+e[r+1],e[0]),e,c),p=(e,t)=>{if(s)e.adoptedStyleSheets=t.map(e=>e instanceof CSSStyleSheet?e:e.styleSheet);else for(let n of t){let t=document.createElement(`style`),r=o.litNonce;r!==void 0&&t.setAttribute(`nonce`,r),t.textContent=n.cssText,e.appendChild(t)}},m=s?e=>e:e=>e instanceof CSSStyleSheet?(e=>{let t=``;for(let n of e.cssRules)t+=n.cssText;return d(t)})(e):e,{is:ee,defineProperty:te,getOwnPropertyDescriptor:ne,getOwnPropertyNames:re,getOwnPropertySymbols:ie,getPrototypeOf:ae}=Object,oe=globalThis,se=oe.trustedTypes,ce=se?se.emptyScript:``,le=oe.reactiveElementPolyfillSupport,h=(e,t)=>e,ue={toAttribute(e,t){switch(t){case Boolean:e=e?ce:null;break;case Object:case Array:e=e==null?e:JSON.stringify(e)}return e},fromAttribute(e,t){let n=e;switch(t){case Boolean:n=e!==null;break;case Number:n=e===null?null:Number(e);break;case Object:case Array:try{n=JSON.parse(e)}catch{n=null}}return n}},de=(e,t)=>!ee(e,t),fe={attribute:!0,type:String,converter:ue,reflect:!1,useDefault:!1,hasChanged:de};Symbol.metadata??=Symbol(`metadata`),oe.litPropertyMetadata??=new WeakMap;var g=class extends HTMLElement{static addInitializer(e){this._$Ei(),(this.l??=[]).push(e)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(e,t=fe){if(t.state&&(t.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(e)&&((t=Object.create(t)).wrapped=!0),this.elementProperties.set(e,t),!t.noAccessor){let n=Symbol(),r=this.getPropertyDescriptor(e,n,t);r!==void 0&&te(this.prototype,e,r)}}static getPropertyDescriptor(e,t,n){let{get:r,set:i}=ne(this.prototype,e)??{get(){return this[t]},set(e){this[t]=e}};return{get:r,set(t){let a=r?.call(this);i?.call(this,t),this.requestUpdate(e,a,n)},configurable:!0,enumerable:!0}}static getPropertyOptions(e){return this.elementProperties.get(e)??fe}static _$Ei(){if(this.hasOwnProperty(h(`elementProperties`)))return;let e=ae(this);e.finalize(),e.l!==void 0&&(this.l=[...e.l]),this.elementProperties=new Map(e.elementProperties)}static finalize(){if(this.hasOwnProperty(h(`finalized`)))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(h(`properties`))){let e=this.properties,t=[...re(e),...ie(e)];for(let n of t)this.createProperty(n,e[n])}let e=this[Symbol.metadata];if(e!==null){let t=litPropertyMetadata.get(e);if(t!==void 0)for(let[e,n]of t)this.elementProperties.set(e,n)}this._$Eh=new Map;for(let[e,t]of this.elementProperties){let n=this._$Eu(e,t);n!==void 0&&this._$Eh.set(n,e)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(e){let t=[];if(Array.isArray(e)){let n=new Set(e.flat(1/0).reverse());for(let e of n)t.unshift(m(e))}else e!==void 0&&t.push(m(e));return t}static _$Eu(e,t){let n=t.attribute;return!1===n?void 0:typeof n==`string`?n:typeof e==`string`?e.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(e=>this.enableUpdating=e),this._$AL=new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(e=>e(this))}addController(e){(this._$EO??=new Set).add(e),this.renderRoot!==void 0&&this.isConnected&&e.hostConnected?.()}removeController(e){this._$EO?.delete(e)}_$E_(){let e=new Map,t=this.constructor.elementProperties;for(let n of t.keys())this.hasOwnProperty(n)&&(e.set(n,this[n]),delete this[n]);e.size>0&&(this._$Ep=e)}createRenderRoot(){let e=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return p(e,this.constructor.elementStyles),e}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(e=>e.hostConnected?.())}enableUpdating(e){}disconnectedCallback(){this._$EO?.forEach(e=>e.hostDisconnected?.())}attributeChangedCallback(e,t,n){this._$AK(e,n)}_$ET(e,t){let n=this.constructor.elementProperties.get(e),r=this.constructor._$Eu(e,n);if(r!==void 0&&!0===n.reflect){let i=(n.converter?.toAttribute===void 0?ue:n.converter).toAttribute(t,n.type);this._$Em=e,i==null?this.removeAttribute(r):this.setAttribute(r,i),this._$Em=null}}_$AK(e,t){let n=this.constructor,r=n._$Eh.get(e);if(r!==void 0&&this._$Em!==r){let e=n.getPropertyOptions(r),i=typeof e.converter==`function`?{fromAttribute:e.converter}:e.converter?.fromAttribute===void 0?ue:e.converter;this._$Em=r;let a=i.fromAttribute(t,e.type);this[r]=a??this._$Ej?.get(r)??a,this._$Em=null}}requestUpdate(e,t,n,r=!1,i){if(e!==void 0){let a=this.constructor;if(!1===r&&(i=this[e]),n??=a.getPropertyOptions(e),!((n.hasChanged??de)(i,t)||n.useDefault&&n.reflect&&i===this._$Ej?.get(e)&&!this.hasAttribute(a._$Eu(e,n))))return;this.C(e,t,n)}!1===this.isUpdatePending&&(this._$ES=this._$EP())}C(e,t,{useDefault:n,reflect:r,wrapped:i},a){n&&!(this._$Ej??=new Map).has(e)&&(this._$Ej.set(e,a??t??this[e]),!0!==i||a!==void 0)||(this._$AL.has(e)||(this.hasUpdated||n||(t=void 0),this._$AL.set(e,t)),!0===r&&this._$Em!==e&&(this._$Eq??=new Set).add(e))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(e){Promise.reject(e)}let e=this.scheduleUpdate();return e!=null&&await e,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(let[e,t]of this._$Ep)this[e]=t;this._$Ep=void 0}let e=this.constructor.elementProperties;if(e.size>0)for(let[t,n]of e){let{wrapped:e}=n,r=this[t];!0!==e||this._$AL.has(t)||r===void 0||this.C(t,void 0,n,r)}}let e=!1,t=this._$AL;try{e=this.shouldUpdate(t),e?(this.willUpdate(t),this._$EO?.forEach(e=>e.hostUpdate?.()),this.update(t)):this._$EM()}catch(t){throw e=!1,this._$EM(),t}e&&this._$AE(t)}willUpdate(e){}_$AE(e){this._$EO?.forEach(e=>e.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(e)),this.updated(e)}_$EM(){this._$AL=new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(e){return!0}update(e){this._$Eq&&=this._$Eq.forEach(e=>this._$ET(e,this[e])),this._$EM()}updated(e){}firstUpdated(e){}};g.elementStyles=[],g.shadowRootOptions={mode:`open`},g[h(`elementProperties`)]=new Map,g[h(`finalized`)]=new Map,le?.({ReactiveElement:g}),(oe.reactiveElementVersions??=[]).push(`2.1.2`);var pe=globalThis,me=e=>e,_=pe.trustedTypes,he=_?_.createPolicy(`lit-html`,{createHTML:e=>e}):void 0,ge=`$lit$`,v=`lit$${Math.random().toFixed(9).slice(2)}$`,_e=`?`+v,ve=`<${_e}>`,y=document,b=()=>y.createComment(``),x=e=>e===null||typeof e!=`object`&&typeof e!=`function`,ye=Array.isArray,be=e=>ye(e)||typeof e?.[Symbol.iterator]==`function`,xe=`[ 	
\f\r]`,S=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,Se=/-->/g,Ce=/>/g,C=RegExp(`>|${xe}(?:([^\\s"'>=/]+)(${xe}*=${xe}*(?:[^ \t\n\f\r"'\`<>=]|("|')|))|$)`,`g`),we=/'/g,Te=/"/g,Ee=/^(?:script|style|textarea|title)$/i,w=(e=>(t,...n)=>({_$litType$:e,strings:t,values:n}))(1),T=Symbol.for(`lit-noChange`),E=Symbol.for(`lit-nothing`),De=new WeakMap,D=y.createTreeWalker(y,129);function Oe(e,t){if(!ye(e)||!e.hasOwnProperty(`raw`))throw Error(`invalid template strings array`);return he===void 0?t:he.createHTML(t)}var ke=(e,t)=>{let n=e.length-1,r=[],i,a=t===2?`<svg>`:t===3?`<math>`:``,o=S;for(let t=0;t<n;t++){let n=e[t],s,c,l=-1,u=0;for(;u<n.length&&(o.lastIndex=u,c=o.exec(n),c!==null);)u=o.lastIndex,o===S?c[1]===`!--`?o=Se:c[1]===void 0?c[2]===void 0?c[3]!==void 0&&(o=C):(Ee.test(c[2])&&(i=RegExp(`</`+c[2],`g`)),o=C):o=Ce:o===C?c[0]===`>`?(o=i??S,l=-1):c[1]===void 0?l=-2:(l=o.lastIndex-c[2].length,s=c[1],o=c[3]===void 0?C:c[3]===`"`?Te:we):o===Te||o===we?o=C:o===Se||o===Ce?o=S:(o=C,i=void 0);let d=o===C&&e[t+1].startsWith(`/>`)?` `:``;a+=o===S?n+ve:l>=0?(r.push(s),n.slice(0,l)+ge+n.slice(l)+v+d):n+v+(l===-2?t:d)}return[Oe(e,a+(e[n]||`<?>`)+(t===2?`</svg>`:t===3?`</math>`:``)),r]},Ae=class e{constructor({strings:t,_$litType$:n},r){let i;this.parts=[];let a=0,o=0,s=t.length-1,c=this.parts,[l,u]=ke(t,n);if(this.el=e.createElement(l,r),D.currentNode=this.el.content,n===2||n===3){let e=this.el.content.firstChild;e.replaceWith(...e.childNodes)}for(;(i=D.nextNode())!==null&&c.length<s;){if(i.nodeType===1){if(i.hasAttributes())for(let e of i.getAttributeNames())if(e.endsWith(ge)){let t=u[o++],n=i.getAttribute(e).split(v),r=/([.?@])?(.*)/.exec(t);c.push({type:1,index:a,name:r[2],strings:n,ctor:r[1]===`.`?Ne:r[1]===`?`?Pe:r[1]===`@`?Fe:k}),i.removeAttribute(e)}else e.startsWith(v)&&(c.push({type:6,index:a}),i.removeAttribute(e));if(Ee.test(i.tagName)){let e=i.textContent.split(v),t=e.length-1;if(t>0){i.textContent=_?_.emptyScript:``;for(let n=0;n<t;n++)i.append(e[n],b()),D.nextNode(),c.push({type:2,index:++a});i.append(e[t],b())}}}else if(i.nodeType===8){if(i.data===_e)c.push({type:2,index:a});else{let e=-1;for(;(e=i.data.indexOf(v,e+1))!==-1;)c.push({type:7,index:a}),e+=v.length-1}}a++}}static createElement(e,t){let n=y.createElement(`template`);return n.innerHTML=e,n}};function O(e,t,n=e,r){if(t===T)return t;let i=r===void 0?n._$Cl:n._$Co?.[r],a=x(t)?void 0:t._$litDirective$;return i?.constructor!==a&&(i?._$AO?.(!1),a===void 0?i=void 0:(i=new a(e),i._$AT(e,n,r)),r===void 0?n._$Cl=i:(n._$Co??=[])[r]=i),i!==void 0&&(t=O(e,i._$AS(e,t.values),i,r)),t}var je=class{constructor(e,t){this._$AV=[],this._$AN=void 0,this._$AD=e,this._$AM=t}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(e){let{el:{content:t},parts:n}=this._$AD,r=(e?.creationScope??y).importNode(t,!0);D.currentNode=r;let i=D.nextNode(),a=0,o=0,s=n[0];for(;s!==void 0;){if(a===s.index){let t;s.type===2?t=new Me(i,i.nextSibling,this,e):s.type===1?t=new s.ctor(i,s.name,s.strings,this,e):s.type===6&&(t=new Ie(i,this,e)),this._$AV.push(t),s=n[++o]}a!==s?.index&&(i=D.nextNode(),a++)}return D.currentNode=y,r}p(e){let t=0;for(let n of this._$AV)n!==void 0&&(n.strings===void 0?n._$AI(e[t]):(n._$AI(e,n,t),t+=n.strings.length-2)),t++}},Me=class e{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(e,t,n,r){this.type=2,this._$AH=E,this._$AN=void 0,this._$AA=e,this._$AB=t,this._$AM=n,this.options=r,this._$Cv=r?.isConnected??!0}get parentNode(){let e=this._$AA.parentNode,t=this._$AM;return t!==void 0&&e?.nodeType===11&&(e=t.parentNode),e}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(e,t=this){e=O(this,e,t),x(e)?e===E||e==null||e===``?(this._$AH!==E&&this._$AR(),this._$AH=E):e!==this._$AH&&e!==T&&this._(e):e._$litType$===void 0?e.nodeType===void 0?be(e)?this.k(e):this._(e):this.T(e):this.$(e)}O(e){return this._$AA.parentNode.insertBefore(e,this._$AB)}T(e){this._$AH!==e&&(this._$AR(),this._$AH=this.O(e))}_(e){this._$AH!==E&&x(this._$AH)?this._$AA.nextSibling.data=e:this.T(y.createTextNode(e)),this._$AH=e}$(e){let{values:t,_$litType$:n}=e,r=typeof n==`number`?this._$AC(e):(n.el===void 0&&(n.el=Ae.createElement(Oe(n.h,n.h[0]),this.options)),n);if(this._$AH?._$AD===r)this._$AH.p(t);else{let e=new je(r,this),n=e.u(this.options);e.p(t),this.T(n),this._$AH=e}}_$AC(e){let t=De.get(e.strings);return t===void 0&&De.set(e.strings,t=new Ae(e)),t}k(t){ye(this._$AH)||(this._$AH=[],this._$AR());let n=this._$AH,r,i=0;for(let a of t)i===n.length?n.push(r=new e(this.O(b()),this.O(b()),this,this.options)):r=n[i],r._$AI(a),i++;i<n.length&&(this._$AR(r&&r._$AB.nextSibling,i),n.length=i)}_$AR(e=this._$AA.nextSibling,t){for(this._$AP?.(!1,!0,t);e!==this._$AB;){let t=me(e).nextSibling;me(e).remove(),e=t}}setConnected(e){this._$AM===void 0&&(this._$Cv=e,this._$AP?.(e))}},k=class{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(e,t,n,r,i){this.type=1,this._$AH=E,this._$AN=void 0,this.element=e,this.name=t,this._$AM=r,this.options=i,n.length>2||n[0]!==``||n[1]!==``?(this._$AH=Array(n.length-1).fill(new String),this.strings=n):this._$AH=E}_$AI(e,t=this,n,r){let i=this.strings,a=!1;if(i===void 0)e=O(this,e,t,0),a=!x(e)||e!==this._$AH&&e!==T,a&&(this._$AH=e);else{let r=e,o,s;for(e=i[0],o=0;o<i.length-1;o++)s=O(this,r[n+o],t,o),s===T&&(s=this._$AH[o]),a||=!x(s)||s!==this._$AH[o],s===E?e=E:e!==E&&(e+=(s??``)+i[o+1]),this._$AH[o]=s}a&&!r&&this.j(e)}j(e){e===E?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,e??``)}},Ne=class extends k{constructor(){super(...arguments),this.type=3}j(e){this.element[this.name]=e===E?void 0:e}},Pe=class extends k{constructor(){super(...arguments),this.type=4}j(e){this.element.toggleAttribute(this.name,!!e&&e!==E)}},Fe=class extends k{constructor(e,t,n,r,i){super(e,t,n,r,i),this.type=5}_$AI(e,t=this){if((e=O(this,e,t,0)??E)===T)return;let n=this._$AH,r=e===E&&n!==E||e.capture!==n.capture||e.once!==n.once||e.passive!==n.passive,i=e!==E&&(n===E||r);r&&this.element.removeEventListener(this.name,this,n),i&&this.element.addEventListener(this.name,this,e),this._$AH=e}handleEvent(e){typeof this._$AH==`function`?this._$AH.call(this.options?.host??this.element,e):this._$AH.handleEvent(e)}},Ie=class{constructor(e,t,n){this.element=e,this.type=6,this._$AN=void 0,this._$AM=t,this.options=n}get _$AU(){return this._$AM._$AU}_$AI(e){O(this,e)}},Le={M:ge,P:v,A:_e,C:1,L:ke,R:je,D:be,V:O,I:Me,H:k,N:Pe,U:Fe,B:Ne,F:Ie},Re=pe.litHtmlPolyfillSupport;Re?.(Ae,Me),(pe.litHtmlVersions??=[]).push(`3.3.3`);var ze=(e,t,n)=>{let r=n?.renderBefore??t,i=r._$litPart$;if(i===void 0){let e=n?.renderBefore??null;r._$litPart$=i=new Me(t.insertBefore(b(),e),e,void 0,n??{})}return i._$AI(e),i},Be=globalThis,A=class extends g{constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){let e=super.createRenderRoot();return this.renderOptions.renderBefore??=e.firstChild,e}update(e){let t=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(e),this._$Do=ze(t,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return T}};A._$litElement$=!0,A.finalized=!0,Be.litElementHydrateSupport?.({LitElement:A});var Ve=Be.litElementPolyfillSupport;Ve?.({LitElement:A}),(Be.litElementVersions??=[]).push(`4.2.2`);var He={attribute:!0,type:String,converter:ue,reflect:!1,hasChanged:de},Ue=(e=He,t,n)=>{let{kind:r,metadata:i}=n,a=globalThis.litPropertyMetadata.get(i);if(a===void 0&&globalThis.litPropertyMetadata.set(i,a=new Map),r===`setter`&&((e=Object.create(e)).wrapped=!0),a.set(n.name,e),r===`accessor`){let{name:r}=n;return{set(n){let i=t.get.call(this);t.set.call(this,n),this.requestUpdate(r,i,e,!0,n)},init(t){return t!==void 0&&this.C(r,void 0,e,t),t}}}if(r===`setter`){let{name:r}=n;return function(n){let i=this[r];t.call(this,n),this.requestUpdate(r,i,e,!0,n)}}throw Error(`Unsupported decorator location: `+r)};function j(e){return(t,n)=>typeof n==`object`?Ue(e,t,n):((e,t,n)=>{let r=t.hasOwnProperty(n);return t.constructor.createProperty(n,e),r?Object.getOwnPropertyDescriptor(t,n):void 0})(e,t,n)}function M(e){return j({...e,state:!0,attribute:!1})}var We=(e,t,n)=>(n.configurable=!0,n.enumerable=!0,Reflect.decorate&&typeof t!=`object`&&Object.defineProperty(e,t,n),n);function Ge(e,t){return(n,r,i)=>{let a=t=>t.renderRoot?.querySelector(e)??null;if(t){let{get:e,set:t}=typeof r==`object`?n:i??(()=>{let e=Symbol();return{get(){return this[e]},set(t){this[e]=t}}})();return We(n,r,{get(){let n=e.call(this);return n===void 0&&(n=a(this),(n!==null||this.hasUpdated)&&t.call(this,n)),n}})}return We(n,r,{get(){return a(this)}})}}var N=`legrand_ews`,P=e=>e?{config_entry_id:e}:{};function Ke(e){return e.callWS({type:`${N}/sites`})}function qe(e,t){return e.callWS({type:`${N}/site`,language:e.locale.language,...P(t)})}function Je(e,t,n){return e.callWS({type:`${N}/get_consumption`,language:e.locale.language,...n,...P(t)})}function Ye(e,t,n){return e.connection.subscribeMessage(n,{type:`${N}/subscribe_samples`,...P(t)})}function Xe(e,t,n){return e.connection.subscribeMessage(()=>void 0,{type:`${N}/watch`,devices:[...n],...P(t)})}var Ze={isLoading:!0,value:void 0,error:void 0},Qe=1e4,$e=class{constructor(e){this.fetcher=e,this.state=Ze,this.listeners=new Set,this.newest=0}async refresh(){this.newest+=1;let e=this.newest;clearTimeout(this.retry),this.set({...this.state,isLoading:!0});try{let t=await this.fetcher();e===this.newest&&this.set({isLoading:!1,value:t,error:void 0})}catch(t){e===this.newest&&(this.set({...this.state,isLoading:!1,error:t}),this.retry=setTimeout(()=>{this.hasListeners&&this.refresh()},Qe))}}get hasListeners(){return this.listeners.size>0}listen(e){return this.listeners.add(e),()=>{this.listeners.delete(e)}}set(e){this.state=e;for(let e of[...this.listeners])e()}},et=class{constructor(){this.selection={period:`day`,day:null},this.fluid=`electricity`,this.listeners=new Set}show(e){this.selection=e;for(let e of[...this.listeners])e()}showFluid(e){this.fluid=e;for(let e of[...this.listeners])e()}listen(e){return this.listeners.add(e),()=>{this.listeners.delete(e)}}};function tt(e,t){let{level:n,by:r,compare:i}=e,{period:a,day:o}=t.selection,s={level:n,by:r,fluid:e.fluid??t.fluid,period:a,compare:i};return o===null?s:{...s,date:o}}var nt=class extends $e{constructor(e,t,n,r){super(()=>Je(this.hass,t,tt(n,r))),this.hass=e,this.entry=t,this.scope=n,this.page=r,this.users=0,this.fluid=n.fluid??r.fluid}update(e){this.hass=e}use(e){let t=this.listen(e);return this.users+=1,this.users===1&&this.enter(),()=>{t(),--this.users,this.users===0&&this.leave?.()}}enter(){let e=[this.page.listen(()=>this.turn()),this.listen(()=>{this.state.error===void 0&&!this.state.isLoading&&this.subscribe()})];this.leave=()=>{for(let t of e)t();this.samples?.then(e=>e?.()),this.samples=void 0},this.refresh()}subscribe(){this.samples??=Ye(this.hass,this.entry,()=>{this.page.selection.day===null&&this.refresh()}).catch(()=>{this.samples=void 0})}turn(){let e=this.scope.fluid??this.page.fluid;e!==this.fluid&&(this.state=Ze),this.fluid=e,this.refresh()}},rt=new WeakMap;function it(e,t,n,r){let i=rt.get(e.connection);i||(i={pages:new Map,sources:new Map},rt.set(e.connection,i));let a=JSON.stringify([t??null,n]),o=i.pages.get(a)??new et;i.pages.set(a,o);let s=a+JSON.stringify(r),c=i.sources.get(s)??new nt(e,t,r,o);return i.sources.set(s,c),c}var at=new Map;function ot(e){let t=at.get(e);return t||(t=new Intl.DateTimeFormat(`en-u-ca-gregory-nu-latn`,{timeZone:e,year:`numeric`,month:`numeric`,day:`numeric`,hour:`numeric`,minute:`numeric`,hourCycle:`h23`}),at.set(e,t)),t}function F(e,t){let n={year:0,month:0,day:0,hour:0,minute:0};for(let{type:r,value:i}of ot(t).formatToParts(e))r in n&&(n[r]=Number(i));return n}var st=e=>String(e).padStart(2,`0`);function ct(e,t){let{year:n,month:r,day:i}=F(e,t);return`${String(n).padStart(4,`0`)}-${st(r)}-${st(i)}`}function lt(e){return new Date(`${e}T12:00:00Z`)}function ut(e,t){let{year:n,month:r,day:i,hour:a,minute:o}=F(e,t),s=Date.UTC(n,r-1,i,a,o),c=Math.round((s-e.getTime())/6e4),l=c<0?`−`:`+`,u=Math.abs(c),d=u%60?`:${st(u%60)}`:``;return`UTC${l}${Math.floor(u/60)}${d}`}function dt(e){return e.time_format===`12`?{hourCycle:`h12`}:e.time_format===`24`?{hourCycle:`h23`}:{}}function I(e,t,n){let r=e.time_format===`system`&&n.hour?void 0:e.language;return new Intl.DateTimeFormat(r,{timeZone:t,...n,...n.hour?dt(e):{}})}function ft(e){let t=I(e,`UTC`,{hour:`numeric`}).resolvedOptions().hourCycle;return t===`h12`||t===`h11`}function pt(e,t){return I(e,t,{hour:ft(e)?`numeric`:`2-digit`,minute:`2-digit`})}function mt(e,t,n,r){let i=pt(n,r),a=I(n,r,{hour:`numeric`}),o=e=>ft(n)?a.format(e):String(F(e,r).hour),s=e.map(e=>{let{hour:t,minute:n}=F(e,r);return n?`${t}:${n}`:String(t)});return e.map((n,a)=>{let c=s[a]??``,l=s.indexOf(c)!==s.lastIndexOf(c),u=s.indexOf(c)!==a,d=e[a+1]??t,f=`${i.format(n)} – ${i.format(d)}`;return{place:u?`${c}b`:c,short:o(n),long:l?`${f} (${ut(n,r)})`:f}})}function ht(e,t,n,r,i){let a=t.map(e=>new Date(e));if(e===`hour`||e===`sample`)return mt(a,new Date(n),r,i);if(e===`day`){let e=I(r,i,{weekday:`long`,day:`numeric`,month:`long`});return a.map(t=>{let{day:n}=F(t,i);return{place:String(n),short:String(n),long:e.format(t)}})}if(e===`month`){let e=I(r,i,{month:`short`}),t=I(r,i,{month:`long`,year:`numeric`});return a.map(n=>({place:String(F(n,i).month),short:e.format(n),long:t.format(n)}))}return a.map(e=>{let t=String(F(e,i).year);return{place:t,short:t,long:t}})}function gt(e,t,n,r=`long`){return I(n,`UTC`,{day:r===`long`?{weekday:`long`,day:`numeric`,month:`long`,year:`numeric`}:{day:`numeric`,month:`short`,year:`numeric`},month:{month:r,year:`numeric`},year:{year:`numeric`}}[e]).format(lt(t))}function _t(e,t,n,r){if(e===`day`)return pt(n,r).format(t);let i=new Date(t.getTime()-1);return I(n,`UTC`,{day:`numeric`,month:`long`}).format(lt(ct(i,r)))}var vt=[`day`,`month`,`year`],yt={day:10,month:7,year:4};function L(e,t,n){return t.slice(0,yt[e])===n.slice(0,yt[e])}function bt(e,t,n){return{period:e,day:L(e,t,n)?null:t}}function xt(e,t){return String(e).padStart(t,`0`)}function St(e,t,n){let r=lt(t);if(e===`day`)return r.setUTCDate(r.getUTCDate()+n),r.toISOString().slice(0,10);let i=e===`month`?n:12*n,a=r.getUTCFullYear()*12+r.getUTCMonth()+i;return`${xt(Math.floor(a/12),4)}-${xt(a%12+1,2)}-01`}function Ct(e,t,n){let{period:r}=e,i=St(r,e.day??n,t);return i>n&&!L(r,i,n)?void 0:bt(r,i,n)}function wt(e,t,n){return e.day===null?{period:t,day:null}:bt(t,e.day,n)}var Tt={hour:`day`,day:`month`,month:`year`};function Et(e,t,n,r,i,a,o){let s=e=>ct(new Date(e),i),c=(t&&Tt[t.bucket])??e.period,l=t?s(t.start):e.day??r,u=e=>gt(c,e,a,`short`),d=t?.compare?u(s(t.compare.start)):n===`last_year`?o(`consumption.last_year`):u(St(c,l,-1));if(!L(c,l,r))return{period:c,current:u(l),previous:d};let[f,p]={day:[o(`consumption.today`),o(`consumption.yesterday`)],month:[o(`consumption.this_month`),o(`consumption.last_month`)],year:[o(`consumption.this_year`),o(`consumption.last_year`)]}[c];return{period:c,current:f,previous:n===`previous`?p:d}}var Dt=[`#4e79a7`,`#f28e2b`,`#59a14f`,`#b07aa1`,`#edc948`,`#76b7b2`,`#e15759`,`#9c755f`];function R(e){let t=null;for(let n of e)n!=null&&(t=(t??0)+n);return t}var Ot=e=>`${e.kind}:${e.id??`none`}`;function kt(e,t){return new Date(e.buckets[t+1]??e.end)}function At(e,t,n,r){let{bucket:i,compare:a}=e,o=ht(i,e.buckets,e.end,n,r),s=a?ht(i,a.buckets,a.end,n,r):[],c=i!==`year`,l=e.series.some(e=>e.values.some(e=>e!==null)),u=new Set,d=o.map((n,r)=>{let i=c?s.findIndex(e=>e.place===n.place):r,a=i<s.length?i:-1;u.add(a);let o=kt(e,r)<=t,d=e.series.every(e=>(e.values[r]??null)===null),f=new Date(e.buckets[r]??e.end)<=t;return{...n,index:r,previousIndex:a,isRunning:f&&!o,isMissing:o&&d&&l}});return s.forEach((e,t)=>{if(u.has(t))return;let n={...e,index:-1,previousIndex:t,isRunning:!1,isMissing:!1},r=d.findLastIndex(e=>e.previousIndex===t-1);d.splice(r<0?d.length:r+1,0,n)}),d}function jt(e,t){let n=new Map,r=(e,r)=>{let i=Ot(e),a=n.get(i)??{key:i,name:e.name||t(`loads.none`),color:e.color||(Dt[n.size%Dt.length]??``),values:[],previousValues:[],total:null,previousTotal:null};r?(a.previousValues=e.values,a.previousTotal=e.total??R(e.values)):(a.values=e.values,a.total=e.total??R(e.values)),n.set(i,a)};for(let t of e.series)r(t,!1);for(let t of e.compare?.series??[])r(t,!0);return[...n.values()].filter(e=>e.total!==null||e.previousTotal!==null)}function Mt(e,t,n,r){if(!e.compare)return null;let i=new Date(e.end)>r,a=i?t.findLast(t=>t.index>=0&&kt(e,t.index)<=r):t.at(-1);if(!a)return null;let o=t.slice(0,t.indexOf(a)+1),s=new Set(e.partial),c=new Set(e.compare.partial),l=o.map(e=>({isInBoth:e.index>=0&&e.previousIndex>=0,isWhole:!s.has(e.index)&&!c.has(e.previousIndex),current:Pt(n,e),previous:Ft(n,e)})),u=l.filter(({isInBoth:e,isWhole:t,current:n,previous:r})=>t&&(!e||n===null==(r===null))),d=R(u.map(e=>e.current)),f=R(u.map(e=>e.previous));return d===null||f===null?null:{current:d,previous:f,ratio:f===0?null:(d-f)/f,until:i?kt(e,a.index):null,isPartial:u.length<l.length}}function Nt(e,t,n,r,i){let a=At(e,t,n,r),o=jt(e,i),s=e.compare?.total??null;return{columns:a,rows:o,total:e.total,previousTotal:s,difference:Mt(e,a,o,t),hasPrevious:s!==null,isEmpty:o.every(e=>e.total===null),isComplete:e.complete&&!a.some(e=>e.isMissing),isRunning:new Date(e.end)>t}}function Pt(e,t){return R(e.map(e=>e.values[t.index]))}function Ft(e,t){return R(e.map(e=>e.previousValues[t.previousIndex]))}function It(e,t,n){let{code:r,message:i,translation_domain:a,translation_key:o,...s}=typeof e==`object`&&e?e:{};if(r===`unknown_command`)return n(`error.not_loaded`);if(typeof o==`string`){let e=typeof a==`string`?a:N,n=t.localize(`component.${e}.exceptions.${o}.message`,s.translation_placeholders);if(n)return n}return typeof i==`string`&&i?i:n(`error.unknown`)}function z(e,t=``){return w`<svg class="icon ${t}" viewBox="0 0 24 24" aria-hidden="true">
    <path d=${e}></path>
  </svg>`}function Lt({path:e,title:t,text:n,action:r}){return w`<div class="message">
    ${z(e)}
    <h3>${t}</h3>
    ${n?w`<p>${n}</p>`:``}${r??``}
  </div>`}function Rt(e,t,n,r){return w`<div role="alert">
    ${Lt({path:`M11,15H13V17H11V15M11,7H13V13H11V7M12,2C6.47,2 2,6.5 2,12A10,10 0 0,0 12,22A10,10 0 0,0 22,12A10,10 0 0,0 12,2M12,20A8,8 0 0,1 4,12A8,8 0 0,1 12,4A8,8 0 0,1 20,12A8,8 0 0,1 12,20Z`,title:n(`error.title`),text:It(e,t,n),action:w`<button class="tonal" @click=${r}>
        ${n(`error.retry`)}
      </button>`})}
  </div>`}var B=f`
  :host {
    --ews-space-1: var(--ha-space-1, 4px);
    --ews-space-2: var(--ha-space-2, 8px);
    --ews-space-3: var(--ha-space-3, 12px);
    --ews-space-4: var(--ha-space-4, 16px);
    --ews-space-6: var(--ha-space-6, 24px);
    --ews-radius: var(--ha-border-radius-lg, 12px);
    --ews-radius-small: var(--ha-border-radius-md, 8px);
    --ews-small: var(--ha-font-size-s, 12px);
    --ews-normal: var(--ha-font-size-m, 14px);
    --ews-large: var(--ha-font-size-l, 16px);
    --ews-medium-weight: var(--ha-font-weight-medium, 500);
    --ews-muted: var(--secondary-text-color);
    --ews-track: color-mix(in srgb, var(--primary-text-color) 6%, transparent);
    --ews-track-strong: color-mix(in srgb, var(--primary-text-color) 12%, transparent);
    --ews-good: var(--success-color, #43a047);
    --ews-bad: var(--error-color, #db4437);
    --ews-warn: var(--warning-color, #ffa600);
    display: block;
    color: var(--primary-text-color);
    font-size: var(--ews-normal);
    line-height: 1.4;
    font-variant-numeric: tabular-nums;
    -webkit-font-smoothing: var(--ha-font-smoothing, antialiased);
  }
  * {
    box-sizing: border-box;
  }
  button {
    font: inherit;
    color: inherit;
    background: none;
    border: 0;
    padding: 0;
    cursor: pointer;
    -webkit-tap-highlight-color: transparent;
  }
  button:disabled {
    cursor: default;
  }
  a {
    color: inherit;
    text-decoration: none;
  }
  :is(button, a, input):focus-visible {
    outline: 2px solid var(--primary-color);
    outline-offset: 2px;
  }
  svg.icon {
    display: block;
    flex: none;
    width: var(--ews-icon, 20px);
    height: var(--ews-icon, 20px);
    fill: currentcolor;
  }
  .hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .icon-button {
    display: inline-grid;
    place-items: center;
    width: 36px;
    height: 36px;
    border-radius: 50%;
    color: var(--ews-muted);
    transition: background-color 120ms;
  }
  .icon-button:hover:not(:disabled) {
    background: var(--ews-track);
    color: var(--primary-text-color);
  }
  .icon-button:disabled {
    opacity: 0.35;
  }
  .icon-button:dir(rtl) svg.turns {
    transform: scaleX(-1);
  }
  .tonal {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: var(--ews-space-2);
    min-height: 36px;
    padding: 0 var(--ews-space-4);
    border-radius: var(--ha-border-radius-pill, 9999px);
    font-weight: var(--ews-medium-weight);
    color: var(--primary-color);
    background: color-mix(in srgb, var(--primary-color) 12%, transparent);
    transition: background-color 120ms;
  }
  .tonal:hover {
    background: color-mix(in srgb, var(--primary-color) 20%, transparent);
  }
  .bone {
    display: inline-block;
    border-radius: 6px;
    background: var(--ews-track-strong);
    animation: breathe 1.6s ease-in-out infinite;
  }
  @keyframes breathe {
    50% {
      opacity: 0.45;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    * {
      animation: none !important;
      transition: none !important;
    }
  }
`,zt=f`
  .message {
    display: grid;
    justify-items: center;
    align-content: center;
    gap: var(--ews-space-2);
    padding: var(--ews-space-6) var(--ews-space-4);
    text-align: center;
    color: var(--ews-muted);
    --ews-icon: 40px;
  }
  .message h3 {
    margin: 0;
    font-size: var(--ews-large);
    font-weight: var(--ews-medium-weight);
    color: var(--primary-text-color);
  }
  .message p {
    margin: 0 0 var(--ews-space-2);
    max-width: 46ch;
    text-wrap: balance;
  }
`,Bt=1500,Vt=class extends $e{constructor(e,t){super(()=>qe(this.hass,t)),this.hass=e,this.refresh()}update(e){let t=e.devices!==this.hass.devices;this.hass=e,t&&(clearTimeout(this.timer),this.timer=setTimeout(()=>{this.hasListeners&&this.refresh()},Bt))}},Ht=new WeakMap;function Ut(e,t){let n=Ht.get(e.connection);n||(n=new Map,Ht.set(e.connection,n));let r=JSON.stringify([t??null,e.locale.language]),i=n.get(r);return i||(i=new Vt(e,t),n.set(r,i)),i}var Wt={title:`Energy Web Server`,strategy:{description:`Panel boards and consumption of a site with metered loads.`},error:{title:`This could not be loaded`,retry:`Try again`,unknown:`Home Assistant did not say why.`,not_loaded:`The Energy Web Server integration is not running yet. It may still be starting, or it is not set up.`},board:{title:`My panel board`,description:`Devices by gateway or board with status and live values.`,group_by:`Group devices`,search:`Search devices`,clear_search:`Clear the search`,filter_by_status:`Filter by status`,devices:{one:`{count} device`,other:`{count} devices`},no_board:`Without a panel board`,all_devices:`All devices`,empty_title:`No devices yet`,empty_text:`Add your gateways and the devices behind them, and they appear here with their live values.`,empty_action:`Set up the site`,empty_section:`No devices here yet.`,nothing_found:`No device matches.`,show_all:`Show all devices`,no_model:`Model not chosen yet`,address:`Address {address}`,excluded:`Excluded from totals`,unverified:`Unverified register map`,unverified_recalled:`The register map of this device is written down from memory: no document at hand confirms it. Compare its values with the device’s own display before you rely on them.`,unverified_assumed:`No document describes this device’s register map: it is an assumption. Compare its values with the device’s own display before you rely on them.`,power:`Power`,energy:`Energy`,export:`Energy fed in`,volume:`Volume`,voltage:`Voltage`,current:`Current`},status:{on:`On`,off:`Off`,communication_error:`Communication error`,configuration:`To be configured`,unknown:`Unknown`},gateway_status:{connected:`Connected`,unreachable:`Not reachable`,off:`Disabled`,unknown:`Unknown`},consumption:{title:`Consumptions`,grand_total:`Grand total`,description:`Histogram by load for a day, month or year, beside the previous period.`,period:`Period`,fluid:`What is consumed`,day:`Day`,month:`Month`,year:`Year`,today:`Today`,this_month:`This month`,this_year:`This year`,yesterday:`Yesterday`,last_month:`Last month`,last_year:`Last year`,earlier:`Earlier period`,later:`Later period`,pick_date:`Pick a date`,difference:`Difference`,until:`until {moment}`,so_far:`so far`,whole_period:`whole period`,where_both:`where both have data`,no_comparison:`Nothing to compare`,empty:`No data for this period`,empty_hint:`The first values appear after the first recording interval.`,incomplete:`Some data of this period is missing or was recovered after a gap.`,missing:`No data`,running:`still running`,total:`Total`,loads:`Loads`,show_series:`Show {name} in the chart`,chart:`Histogram of {title}, {period}. Total {total}. Use the arrow keys to read the bars.`,table:`Values of the histogram, {period}`,time:`Time`,loading:`Loading`},fluids:{electricity:`Electricity`,electricity_export:`Electricity fed in`,gas:`Gas`,gas_kwh:`Gas in kWh`,water:`Water`},loads:{none:`Without a load`},editor:{config_entry_id:`Site`,group_by:`Group devices`,title:`Title`,level:`Level`,by:`Split by`,fluid:`What is consumed (empty: let the reader choose)`,compare:`Compare with`,levels:{site:`Whole site`,load:`Loads`,group:`Measure groups`,board:`Panel boards`,device:`Devices`},compares:{none:`Nothing`,previous:`Previous period`,last_year:`Same period last year`},groupings:{gateway:`By gateway`,board:`By board`,all:`All`}}},Gt={en:Wt,fr:{title:`Energy Web Server`,strategy:{description:`Tableaux électriques et consommations d’un site équipé de compteurs.`},error:{title:`Chargement impossible`,retry:`Réessayer`,unknown:`Home Assistant n’a pas indiqué la cause.`,not_loaded:`L’intégration Energy Web Server n’est pas en service. Elle est peut-être en cours de démarrage, ou n’est pas configurée.`},board:{title:`Mon tableau`,description:`Appareils par passerelle ou par tableau, avec leur état et leurs mesures en direct.`,group_by:`Regrouper les appareils`,search:`Rechercher un appareil`,clear_search:`Effacer la recherche`,filter_by_status:`Filtrer par état`,devices:{one:`{count} appareil`,other:`{count} appareils`},no_board:`Sans tableau`,all_devices:`Tous les appareils`,empty_title:`Aucun appareil pour l’instant`,empty_text:`Ajoutez vos passerelles et les appareils qui y sont raccordés : ils apparaîtront ici avec leurs mesures en direct.`,empty_action:`Configurer le site`,empty_section:`Aucun appareil ici pour l’instant.`,nothing_found:`Aucun appareil ne correspond.`,show_all:`Afficher tous les appareils`,no_model:`Modèle à choisir`,address:`Adresse {address}`,excluded:`Exclu des totaux`,unverified:`Table de registres non vérifiée`,unverified_recalled:`La table de registres de cet appareil est notée de mémoire : aucun document disponible ne la confirme. Comparez ses valeurs avec l’afficheur de l’appareil avant de vous y fier.`,unverified_assumed:`Aucun document ne décrit la table de registres de cet appareil : c’est une supposition. Comparez ses valeurs avec l’afficheur de l’appareil avant de vous y fier.`,power:`Puissance`,energy:`Énergie`,export:`Énergie injectée`,volume:`Volume`,voltage:`Tension`,current:`Courant`},status:{on:`En service`,off:`Hors service`,communication_error:`Erreur de communication`,configuration:`À configurer`,unknown:`Inconnu`},gateway_status:{connected:`Connectée`,unreachable:`Injoignable`,off:`Désactivée`,unknown:`État inconnu`},consumption:{title:`Consommations`,grand_total:`Total général`,description:`Histogramme par usage sur un jour, un mois ou une année, à côté de la période précédente.`,period:`Période`,fluid:`Énergie ou fluide`,day:`Jour`,month:`Mois`,year:`Année`,today:`Aujourd’hui`,this_month:`Ce mois-ci`,this_year:`Cette année`,yesterday:`Hier`,last_month:`Mois dernier`,last_year:`Année dernière`,earlier:`Reculer d’une période`,later:`Avancer d’une période`,pick_date:`Choisir une date`,difference:`Écart`,until:`jusqu’à {moment}`,so_far:`jusqu’à présent`,whole_period:`période entière`,where_both:`là où les deux ont des données`,no_comparison:`Rien à comparer`,empty:`Aucune donnée pour cette période`,empty_hint:`Les premières valeurs apparaissent après le premier intervalle d’enregistrement.`,incomplete:`Certaines données de cette période manquent ou ont été rattrapées après une interruption.`,missing:`Aucune donnée`,running:`en cours`,total:`Total`,loads:`Usages`,show_series:`Afficher {name} dans le graphique`,chart:`Histogramme : {title}, {period}. Total {total}. Les touches fléchées parcourent les barres.`,table:`Valeurs de l’histogramme, {period}`,time:`Heure ou date`,loading:`Chargement`},fluids:{electricity:`Électricité`,electricity_export:`Électricité injectée`,gas:`Gaz`,gas_kwh:`Gaz en kWh`,water:`Eau`},loads:{none:`Sans usage`},editor:{config_entry_id:`Site`,group_by:`Regrouper les appareils`,title:`Titre`,level:`Niveau`,by:`Répartir par`,fluid:`Énergie ou fluide (vide : le lecteur choisit)`,compare:`Comparer avec`,levels:{site:`Site entier`,load:`Usages`,group:`Groupes de mesure`,board:`Tableaux`,device:`Appareils`},compares:{none:`Rien`,previous:`Période précédente`,last_year:`Même période de l’année dernière`},groupings:{gateway:`Par passerelle`,board:`Par tableau`,all:`Tous`}}}};function Kt(e,t){let n=e;for(let e of t.split(`.`)){if(typeof n!=`object`)return;n=n[e]}return typeof n==`string`?n:void 0}function V(e){let t=Gt[e]??Gt[e.split(`-`)[0]??``];return(e,n={})=>(Kt(t,e)??Kt(Wt,e)??e).replaceAll(/\{(\w+)\}/g,(e,t)=>t in n?String(n[t]):e)}function qt(e,t,n,r){return e(`${n}.${new Intl.PluralRules(t).select(r)===`one`?`one`:`other`}`,{count:r})}function Jt(e,t,n){let r=e(t);return r===t?n:r}function H(e,t,n,r){var i=arguments.length,a=i<3?t:r===null?r=Object.getOwnPropertyDescriptor(t,n):r,o;if(typeof Reflect==`object`&&typeof Reflect.decorate==`function`)a=Reflect.decorate(e,t,n,r);else for(var s=e.length-1;s>=0;s--)(o=e[s])&&(a=(i<3?o(a):i>3?o(t,n,a):o(t,n))||a);return i>3&&a&&Object.defineProperty(t,n,a),a}var U=class extends A{constructor(...e){super(...e),this.news=0,this.localize=V(`en`)}setConfig(e){this.config=e}connectedCallback(){super.connectedCallback(),this.requestUpdate(`news`)}disconnectedCallback(){super.disconnectedCallback(),this.stop?.(),this.stop=void 0,this.store=void 0}shouldUpdate(e){if(!this.hass||!this.config)return!1;this.store?.update(this.hass);let t=e.get(`hass`);return e.size>1||!t||this.concerns(t)}willUpdate(e){let{language:t}=this.hass.locale;e.get(`hass`)?.locale.language!==t&&(this.localize=V(t),this.hass.loadBackendTranslation(`exceptions`,N).catch(()=>void 0));let n=Ut(this.hass,this.config?.config_entry_id);n!==this.store&&this.isConnected&&(this.stop?.(),this.store=n,this.stop=n.listen(()=>this.tell()),n.state.error!==void 0&&!n.state.isLoading&&n.refresh())}tell(){this.news+=1}};H([j({attribute:!1})],U.prototype,`hass`,void 0),H([M()],U.prototype,`config`,void 0),H([M()],U.prototype,`news`,void 0);var Yt=[`on`,`communication_error`,`configuration`,`off`,`unknown`];function Xt(e,t){if(!e.enabled)return`off`;if(e.model===null)return`configuration`;let n=e.status_entity?t[e.status_entity]?.state:void 0;return Yt.find(e=>e===n)??`unknown`}var Zt={on:`connected`,connected:`connected`,off:`unreachable`,communication_error:`unreachable`};function Qt(e,t){if(!e.enabled)return`off`;let n=e.status_entity;return Zt[n&&t[n]?.state||``]??`unknown`}var $t=[`recalled`,`assumed`];function en(e){return e.provenance!==null&&$t.includes(e.provenance)}var tn=[`gateway`,`board`,`all`];function nn(e,t){return e.localeCompare(t,`en`,{numeric:!0})}function rn(e,t){return nn(e.address,t.address)||e.id-t.id}function an(e,t){return e.board??t.gateways.find(t=>t.id===e.gateway)?.board??null}function on(e,t,n){if(t===`gateway`)return e.gateways.map(t=>({key:`gateway:${t.id}`,gateway:t,devices:e.devices.filter(e=>e.gateway===t.id).sort(rn)}));if(t===`board`){let t=e.gateways.map(e=>e.id),n=(e,n)=>t.indexOf(e.gateway)-t.indexOf(n.gateway)||rn(e,n),r=t=>e.devices.filter(n=>an(n,e)===t).sort(n),i=e.boards.map(e=>({key:`board:${e.id}`,board:e,devices:r(e.id)})),a=new Set(e.boards.map(e=>e.id)),o=e.devices.filter(t=>!a.has(an(t,e))).sort(n);return o.length>0?[...i,{key:`board:none`,devices:o}]:i}let r=new Intl.Collator(n,{numeric:!0});return[{key:`all`,devices:[...e.devices].sort((e,t)=>r.compare(e.name,t.name))}]}var sn=e=>e.normalize(`NFD`).replaceAll(/\p{Diacritic}/gu,``).toLowerCase(),cn=/^[\d-]{1,3}$/;function ln(e,t,n){let r=sn(n).split(/\s+/).filter(Boolean),i=t.loads.find(t=>t.id===e.load),a=sn([e.name,e.address,e.printed,e.model,e.description,e.family_name,i?.name].join(` `)),o=new Set(a.split(/\s+/));return r.every(e=>cn.test(e)?o.has(e):a.includes(e))}function un(e,t,n,{search:r,status:i}){return r.trim()===``&&i===null?[...e]:e.map(e=>({...e,devices:e.devices.filter(e=>ln(e,t,r)&&(i===null||Xt(e,n)===i))})).filter(e=>e.devices.length>0)}function dn(e,t){let n=new Map;for(let r of e){let e=Xt(r,t);n.set(e,(n.get(e)??0)+1)}return n}function fn(){return V(document.documentElement.lang||navigator.language)}var pn={name:`config_entry_id`,selector:{config_entry:{integration:`legrand_ews`}}};function mn(e,t){return{schema:[pn,...t],computeLabel:({name:t})=>Jt(e,`editor.${t}`,t)}}function W(e,t,n,r){return{name:t,selector:{select:{mode:`dropdown`,options:r.map(t=>({value:t,label:Jt(e,`${n}.${t}`,t)}))}}}}var hn=[`site`,`load`,`group`,`board`,`device`],gn=[`electricity`,`electricity_export`,`gas`,`water`],_n=[`previous`,`last_year`,`none`];function vn(){let e=fn();return mn(e,[W(e,`group_by`,`editor.groupings`,tn)])}function yn(){let e=fn();return mn(e,[{name:`title`,selector:{text:{}}},W(e,`level`,`editor.levels`,hn),W(e,`by`,`editor.levels`,hn.slice(1)),W(e,`fluid`,`fluids`,gn),W(e,`compare`,`editor.compares`,_n)])}var bn=[`electricity`,`gas`,`water`],xn={electricity:`Wh`,electricity_export:`Wh`,gas:`dm³`,gas_kwh:`Wh`,water:`dm³`};function Sn(e){return bn.filter(t=>e.devices.some(e=>e.fluid===t))}var Cn=class extends U{constructor(...e){super(...e),this.hiddenKeys=new Set,this.pointed=null}static getStubConfig(){return{level:`site`,by:`load`}}static getConfigForm(){return yn()}getCardSize(){return 10}getGridOptions(){return{columns:12,min_columns:6}}disconnectedCallback(){super.disconnectedCallback(),this.leave?.(),this.leave=void 0,this.source=void 0}concerns(e){return e.locale!==this.hass.locale||e.devices!==this.hass.devices||e.themes!==this.hass.themes}willUpdate(e){super.willUpdate(e);let{config:t,hass:n}=this;if(!t||!this.isConnected)return;let r=it(n,t.config_entry_id,t.collection??``,{level:t.level??`site`,by:t.by??`load`,compare:this.compare,fluid:t.fluid});r.update(n),r!==this.source&&(this.leave?.(),this.source=r,this.leave=r.use(()=>this.tell()))}get compare(){return this.config?.compare??`previous`}render(){let{source:e,config:t,hass:n,localize:r}=this,i=this.store?.state.value;if(!e||!t)return E;let a=i?.time_zone??Intl.DateTimeFormat().resolvedOptions().timeZone,o=new Date,s=ct(o,a),{selection:c}=e.page,l=i?e.state.value:void 0,u=l&&Nt(l,o,n.locale,a,r),d=Et(c,l,this.compare,s,a,n.locale,r),f=i?e.state.error:this.store?.state.error,p=t.title??r(`consumption.grand_total`);return w`<ha-card>
      <header>
        <h2>${p}</h2>
        ${this.fluids(e,i)}
      </header>
      <legrand-ews-period-bar
        .selection=${c}
        .today=${s}
        .locale=${n.locale}
        .localize=${r}
        @select=${t=>e.page.show(t.detail)}
      ></legrand-ews-period-bar>
      ${f===void 0?this.body(e,l,u,{...d,heading:p,zone:a}):w`<div class="body">
              ${Rt(f,n,r,()=>this.retry())}
            </div>`}
    </ha-card>`}fluids(e,t){let n=t&&!this.config?.fluid?Sn(t):[];return n.length<2?E:w`<legrand-ews-segmented
      .options=${n.map(e=>({value:e,label:this.localize(`fluids.${e}`)}))}
      .value=${e.page.fluid}
      .label=${this.localize(`consumption.fluid`)}
      @change=${t=>e.page.showFluid(t.detail)}
    ></legrand-ews-segmented>`}body(e,t,n,r){let{hass:i,localize:a}=this,o=t?.unit??xn[this.config?.fluid??e.page.fluid],s=n?.isEmpty&&!n.hasPrevious;return w`
      <div
        class="body ${e.state.isLoading&&t?`stale`:``}"
        aria-busy=${e.state.isLoading}
      >
        <legrand-ews-total-tiles
          .summary=${n}
          .unit=${o}
          .period=${r.period}
          .name=${r.current}
          .previousName=${r.previous}
          .zone=${r.zone}
          .compares=${this.compare!==`none`}
          .locale=${i.locale}
          .localize=${a}
        ></legrand-ews-total-tiles>
        ${n&&!n.isComplete&&!n.isEmpty?w`<p class="notice">
                ${z(`M12,2L1,21H23M12,6L19.53,19H4.47M11,10V14H13V10M11,16V18H13V16`)} ${a(`consumption.incomplete`)}
              </p>`:E}
        <div class="figure">
          ${s?w`<div class="nothing">
                  ${Lt({path:`M22,21H2V3H4V19H6V17H10V19H12V16H16V19H18V17H22V21M18,14H22V16H18V14M12,6H16V9H12V6M16,15H12V10H16V15M6,10H10V12H6V10M10,16H6V13H10V16Z`,title:a(`consumption.empty`),...n.isRunning?{text:a(`consumption.empty_hint`)}:{}})}
                </div>`:w`<legrand-ews-consumption-chart
                    .summary=${n}
                    .hiddenKeys=${this.hiddenKeys}
                    .pointed=${this.pointed}
                    .unit=${o}
                    .heading=${r.heading}
                    .name=${r.current}
                    .previousName=${r.previous}
                    .isDark=${i.themes?.darkMode??!1}
                    .locale=${i.locale}
                    .localize=${a}
                  ></legrand-ews-consumption-chart>
                  <legrand-ews-series-legend
                    .summary=${n}
                    .hiddenKeys=${this.hiddenKeys}
                    .unit=${o}
                    .previousName=${r.previous}
                    .locale=${i.locale}
                    .localize=${a}
                    @toggle=${e=>this.toggle(e.detail)}
                    @point=${e=>{this.pointed=e.detail}}
                  ></legrand-ews-series-legend>`}
        </div>
      </div>
    `}toggle(e){let t=new Set(this.hiddenKeys);t.delete(e)||t.add(e),this.hiddenKeys=t}retry(){this.store?.state.value||this.store?.refresh(),this.source?.refresh()}static{this.styles=[B,zt,f`
      ha-card {
        display: block;
        padding: var(--ews-space-4);
        container-type: inline-size;
      }
      header {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--ews-space-2) var(--ews-space-4);
        min-height: 40px;
        margin-bottom: var(--ews-space-3);
      }
      h2 {
        margin: 0;
        font-size: var(--ha-font-size-xl, 20px);
        font-weight: var(--ews-medium-weight);
      }
      .body {
        display: grid;
        gap: var(--ews-space-4);
        margin-top: var(--ews-space-4);
        transition: opacity 200ms 150ms;
      }
      .stale {
        opacity: 0.55;
      }
      .notice {
        display: flex;
        align-items: center;
        gap: var(--ews-space-2);
        margin: 0;
        padding: var(--ews-space-2) var(--ews-space-3);
        border-radius: var(--ews-radius-small);
        background: color-mix(in srgb, var(--ews-warn) 14%, transparent);
      }
      .notice svg {
        color: var(--ews-warn);
      }
      .figure {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--ews-space-4);
        align-items: start;
      }
      .nothing {
        display: grid;
        min-height: var(--ews-chart-height, 340px);
      }
      @container (min-width: 820px) {
        .figure:has(legrand-ews-series-legend) {
          grid-template-columns: minmax(0, 1fr) 300px;
          gap: var(--ews-space-6);
        }
        .figure {
          --ews-chart-height: 400px;
        }
      }
      @container (max-width: 520px) {
        .figure {
          --ews-chart-height: 280px;
        }
      }
    `]}};H([M()],Cn.prototype,`hiddenKeys`,void 0),H([M()],Cn.prototype,`pointed`,void 0);var wn={ATTRIBUTE:1,CHILD:2,PROPERTY:3,BOOLEAN_ATTRIBUTE:4,EVENT:5,ELEMENT:6},Tn=e=>(...t)=>({_$litDirective$:e,values:t}),En=class{constructor(e){}get _$AU(){return this._$AM._$AU}_$AT(e,t,n){this._$Ct=e,this._$AM=t,this._$Ci=n}_$AS(e,t){return this.update(e,t)}update(e,t){return this.render(...t)}},{I:Dn}=Le,On=e=>e,kn=()=>document.createComment(``),G=(e,t,n)=>{let r=e._$AA.parentNode,i=t===void 0?e._$AB:t._$AA;if(n===void 0)n=new Dn(r.insertBefore(kn(),i),r.insertBefore(kn(),i),e,e.options);else{let t=n._$AB.nextSibling,a=n._$AM,o=a!==e;if(o){let t;n._$AQ?.(e),n._$AM=e,n._$AP!==void 0&&(t=e._$AU)!==a._$AU&&n._$AP(t)}if(t!==i||o){let e=n._$AA;for(;e!==t;){let t=On(e).nextSibling;On(r).insertBefore(e,i),e=t}}}return n},K=(e,t,n=e)=>(e._$AI(t,n),e),An={},jn=(e,t=An)=>e._$AH=t,Mn=e=>e._$AH,Nn=e=>{e._$AR(),e._$AA.remove()},Pn=(e,t,n)=>{let r=new Map;for(let i=t;i<=n;i++)r.set(e[i],i);return r},Fn=Tn(class extends En{constructor(e){if(super(e),e.type!==wn.CHILD)throw Error(`repeat() can only be used in text expressions`)}dt(e,t,n){let r;n===void 0?n=t:t!==void 0&&(r=t);let i=[],a=[],o=0;for(let t of e)i[o]=r?r(t,o):o,a[o]=n(t,o),o++;return{values:a,keys:i}}render(e,t,n){return this.dt(e,t,n).values}update(e,[t,n,r]){let i=Mn(e),{values:a,keys:o}=this.dt(t,n,r);if(!Array.isArray(i))return this.ut=o,a;let s=this.ut??=[],c=[],l,u,d=0,f=i.length-1,p=0,m=a.length-1;for(;d<=f&&p<=m;)if(i[d]===null)d++;else if(i[f]===null)f--;else if(s[d]===o[p])c[p]=K(i[d],a[p]),d++,p++;else if(s[f]===o[m])c[m]=K(i[f],a[m]),f--,m--;else if(s[d]===o[m])c[m]=K(i[d],a[m]),G(e,c[m+1],i[d]),d++,m--;else if(s[f]===o[p])c[p]=K(i[f],a[p]),G(e,i[d],i[f]),f--,p++;else if(l===void 0&&(l=Pn(o,p,m),u=Pn(s,d,f)),l.has(s[d])){if(l.has(s[f])){let t=u.get(o[p]),n=t===void 0?null:i[t];if(n===null){let t=G(e,i[d]);K(t,a[p]),c[p]=t}else c[p]=K(n,a[p]),G(e,i[d],n),i[t]=null;p++}else Nn(i[f]),f--}else Nn(i[d]),d++;for(;p<=m;){let t=G(e,c[m+1]);K(t,a[p]),c[p++]=t}for(;d<=f;){let e=i[d++];e!==null&&Nn(e)}return this.ut=o,jn(e,c),T}}),In=class{constructor(e,t=400){this.watch=e,this.settleMs=t,this.wanted=[],this.held=[],this.work=Promise.resolve()}set(e){this.wanted=[...new Set(e)].sort((e,t)=>e-t),clearTimeout(this.timer),this.timer=setTimeout(()=>{this.work=this.work.then(()=>this.settle())},this.settleMs)}close(){return clearTimeout(this.timer),this.wanted=[],this.work=this.work.then(()=>this.settle()),this.work}async settle(){let e=this.wanted;if(e.join()===this.held.join())return;let t=this.release;if(this.release=void 0,this.held=[],e.length>0)try{this.release=await this.watch(e),this.held=e}catch{this.release=void 0}try{await t?.()}catch{}}},Ln=e=>[{unit:e,divisor:1},{unit:`k${e}`,divisor:1e3},{unit:`M${e}`,divisor:1e6},{unit:`G${e}`,divisor:1e9}],Rn={Wh:Ln(`Wh`),W:Ln(`W`),var:Ln(`var`),VA:Ln(`VA`),"dm³":[{unit:`dm³`,divisor:1},{unit:`m³`,divisor:1e3}]},zn=4,Bn=3;function Vn(e,t=zn){let n=Math.abs(e);if(n===0)return 0;let r=n<1?1:Math.floor(Math.log10(n))+1;return Math.min(Bn,Math.max(0,t-r))}function Hn(e,t,n=zn){let r=Rn[t];if(!r)return{unit:t,divisor:1};let i={unit:t,divisor:1};for(let t of r){if(t.divisor>1){let r=Math.abs(e)/i.divisor,a=i.divisor===1?0:Vn(r,n);if(Number(r.toFixed(a))<t.divisor/i.divisor)break}i=t}return i}var Un={comma_decimal:`en-US`,decimal_comma:`de`,space_comma:`fr`,quote_decimal:`de-CH`};function Wn(e){if(e.number_format!==`system`)return Un[e.number_format]??e.language}function q(e,t,n={}){return new Intl.NumberFormat(Wn(t),{...n,...t.number_format===`none`?{useGrouping:!1}:{}}).format(e).replace(`-`,`−`)}function Gn(e,t,n,r,i=zn){let a=r??Hn(e,t,i),o=e/a.divisor,s=a.divisor===1?0:Vn(o,i);return{number:q(o,n,{minimumFractionDigits:s,maximumFractionDigits:s}),unit:a.unit}}var Kn=`\xA0`;function J(e,t,n,r){if(e===null)return`–`;let i=Gn(e,t,n,r);return`${i.number}${Kn}${i.unit}`}function qn(e,t,n){let r=Math.max(0,...e.map(e=>Math.abs(e??0))),i=Hn(r/10,t),a=i.divisor===1?0:Vn(r/i.divisor);return e=>{if(e===null)return`–`;let r=e/i.divisor,o=Number(r.toFixed(a))===0;return e!==0&&o?J(e,t,n):`${q(r,n,{minimumFractionDigits:a,maximumFractionDigits:a})}${Kn}${i.unit}`}}function Jn(e,t){let n=Math.abs(e)>=10?0:1;return q(e,t,{style:`percent`,signDisplay:`exceptZero`,minimumFractionDigits:n,maximumFractionDigits:n})}var Yn={mW:[`W`,.001],W:[`W`,1],kW:[`W`,1e3],MW:[`W`,1e6],GW:[`W`,1e9],VA:[`VA`,1],kVA:[`VA`,1e3],mWh:[`Wh`,.001],Wh:[`Wh`,1],kWh:[`Wh`,1e3],MWh:[`Wh`,1e6],GWh:[`Wh`,1e9],TWh:[`Wh`,0xe8d4a51000],J:[`Wh`,1/3600],kJ:[`Wh`,1/3.6],MJ:[`Wh`,1e3/3.6],GJ:[`Wh`,1e6/3.6],L:[`dm³`,1],"dm³":[`dm³`,1],mL:[`dm³`,.001],"m³":[`dm³`,1e3],mV:[`V`,.001],V:[`V`,1],kV:[`V`,1e3],mA:[`A`,.001],A:[`A`,1]},Xn={V:0,A:1},Zn=3;function Qn(e,t,n,r){let i=n[t];if(!i)return;let a=Number(i.state);if(i.state.trim()===``||!Number.isFinite(a))return{kind:e,entityId:t,base:null,text:{number:`–`,unit:``}};let o=String(i.attributes.unit_of_measurement??``),s=Yn[o];if(!s)return{kind:e,entityId:t,base:null,text:{number:q(a,r,{maximumFractionDigits:2}),unit:o}};let c=a*s[1],l=Xn[s[0]];return{kind:e,entityId:t,base:c,text:l===void 0?Gn(c,s[0],r,void 0,e===`power`?Zn:void 0):{number:q(c,r,{minimumFractionDigits:l,maximumFractionDigits:l}),unit:s[0]}}}var $n=[`l1`,`l2`,`l3`],er=[`l1_l2`,`l2_l3`,`l3_l1`],tr=[`active_power`,`apparent_power`],nr=[`active_energy_import`],rr=[`active_energy_export`],ir=[`water_volume`,`gas_volume`],ar=$n.map(e=>`voltage_${e}`),or=er.map(e=>`voltage_${e}`),sr=$n.map(e=>`current_${e}`),cr=[...tr,...nr,...rr,...ir,...ar,...or,...sr];function lr(e,t,n){let r=(r,i)=>i.map(t=>e.entities[t]).map(e=>e?Qn(r,e,t,n):void 0).filter(e=>e!==void 0),[i]=r(`energy`,nr),[a]=r(`export`,rr),o=a!==void 0&&(a.base??0)>(i?.base??0),s=r(`voltage`,ar);return{power:r(`power`,tr)[0],counter:o?a:i??r(`volume`,ir)[0],voltages:s.length>0?s:r(`voltage`,or),currents:r(`current`,sr)}}function ur(e){let t=new Set(cr);return[...e.devices.flatMap(e=>[e.status_entity,...Object.entries(e.entities).filter(([e])=>t.has(e)).map(([,e])=>e)]),...e.gateways.map(e=>e.status_entity)].filter(e=>e!==null)}function dr(e,t){e.dispatchEvent(new CustomEvent(`hass-more-info`,{detail:{entityId:t},bubbles:!0,composed:!0}))}function fr(e){history.pushState(null,``,e),window.dispatchEvent(new CustomEvent(`location-changed`,{detail:{replace:!1}}))}function pr(e){let t=e.button===0&&!(e.metaKey||e.ctrlKey||e.shiftKey),n=e.currentTarget;t&&n instanceof HTMLAnchorElement&&(e.preventDefault(),fr(n.pathname))}var mr=f`
      :host {
        container: board / inline-size;
      }
      .toolbar {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--ews-space-2) var(--ews-space-4);
        min-height: 36px;
        margin-bottom: var(--ews-space-4);
      }
      .chips {
        display: flex;
        flex-wrap: wrap;
        gap: var(--ews-space-2);
      }
      .chip {
        display: inline-flex;
        align-items: center;
        gap: 6px;
        min-height: 32px;
        padding: 0 var(--ews-space-3);
        border: 1px solid var(--divider-color);
        border-radius: var(--ha-border-radius-pill, 9999px);
        font-size: 13px;
        white-space: nowrap;
      }
      .chip:hover {
        background: var(--ews-track);
      }
      .chip b {
        color: var(--ews-muted);
        font-weight: var(--ews-medium-weight);
      }
      .chip[aria-pressed="true"] {
        border-color: var(--primary-color);
        background: color-mix(in srgb, var(--primary-color) 14%, transparent);
      }
      :is(.chip, .link) i {
        width: 8px;
        height: 8px;
        border-radius: 50%;
        background: var(--disabled-color, #bdbdbd);
      }
      :is(.chip.on, .link.connected) i {
        background: var(--ews-good);
      }
      .chip.communication_error i {
        background: var(--ews-bad);
      }
      .chip.configuration i {
        background: var(--ews-warn);
      }
      .search {
        display: flex;
        flex: 1 1 200px;
        align-items: center;
        gap: var(--ews-space-2);
        max-width: 320px;
        min-height: 36px;
        margin-inline-start: auto;
        padding-inline: var(--ews-space-3) 2px;
        border-radius: var(--ha-border-radius-pill, 9999px);
        color: var(--ews-muted);
        background: var(--ews-track);
      }
      .search:focus-within {
        outline: 2px solid var(--primary-color);
      }
      .search input {
        flex: 1;
        min-width: 0;
        height: 36px;
        padding: 0;
        border: 0;
        outline: 0;
        color: var(--primary-text-color);
        background: none;
        font: inherit;
      }
      .search input::-webkit-search-cancel-button {
        display: none;
      }
      .search .icon-button {
        width: 32px;
        height: 32px;
      }
      .sections {
        display: grid;
        gap: var(--ews-space-4);
      }
      ha-card {
        display: block;
        overflow: hidden;
      }
      header {
        display: flex;
        align-items: center;
        gap: var(--ews-space-3);
        padding: var(--ews-space-3) var(--ews-space-4);
        border-bottom: 1px solid var(--divider-color);
        --ews-icon: 24px;
      }
      header > svg.icon {
        width: 36px;
        color: var(--ews-muted);
      }
      .names {
        flex: 1;
        min-width: 0;
      }
      :is(h2, .names p) {
        margin: 0;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      h2 {
        font-size: var(--ews-large);
        font-weight: var(--ews-medium-weight);
      }
      h2 a:hover {
        text-decoration: underline;
      }
      .names p {
        color: var(--ews-muted);
        font-size: var(--ews-small);
      }
      .link {
        display: inline-flex;
        flex: none;
        align-items: center;
        gap: 6px;
        font-size: 13px;
        --ews-icon: 16px;
      }
      .link.unreachable {
        padding: 2px 10px;
        border-radius: var(--ha-border-radius-pill, 9999px);
        color: var(--ews-bad);
        background: color-mix(in srgb, var(--ews-bad) 12%, transparent);
        font-weight: var(--ews-medium-weight);
      }
      .link.off {
        color: var(--ews-muted);
      }
      .count {
        flex: none;
        color: var(--ews-muted);
        font-size: 13px;
      }
      ul {
        margin: 0;
        padding: var(--ews-space-1) 0;
        list-style: none;
      }
      li + li {
        border-top: 1px solid color-mix(in srgb, var(--divider-color) 60%, transparent);
      }
      .ghost {
        display: flex;
        align-items: center;
        gap: var(--ews-space-4);
        height: 56px;
        padding: 0 var(--ews-space-4);
      }
      .ghost > span:nth-child(2) {
        flex: 1;
      }
      .ghost > .bone:first-child {
        border-radius: 50%;
      }
      .none {
        margin: 0;
        padding: var(--ews-space-4);
        color: var(--ews-muted);
      }
      @container board (max-width: 600px) {
        .toolbar legrand-ews-segmented {
          width: 100%;
        }
        .search {
          flex-basis: 100%;
          max-width: none;
        }
        .chips {
          flex-wrap: nowrap;
          max-width: 100%;
          overflow-x: auto;
          scrollbar-width: none;
        }
        header {
          flex-wrap: wrap;
          gap: var(--ews-space-1) var(--ews-space-3);
          padding: var(--ews-space-3);
        }
        .names {
          flex-basis: calc(100% - 48px);
        }
        .link {
          margin-inline-start: 48px;
        }
        .link + .count {
          margin-inline-start: auto;
        }
      }
    `,hr=12,gr=`/config/integrations/integration/legrand_ews`,_r=class extends U{constructor(...e){super(...e),this.search=``,this.status=null,this.onScreen=new Set,this.observed=new Set,this.entities=[],this.observer=new IntersectionObserver(e=>{for(let{target:t,isIntersecting:n}of e){let e=Number(t.dataset.device);n?this.onScreen.add(e):this.onScreen.delete(e)}this.renewLease()},{rootMargin:`100px`}),this.renewLease=()=>{this.lease?.set(document.hidden?[]:this.onScreen)},this.showAll=()=>{this.search=``,this.status=null}}static getStubConfig(){return{group_by:`gateway`}}static getConfigForm(){return vn()}getCardSize(){return 12}getGridOptions(){return{columns:12,min_columns:6}}connectedCallback(){super.connectedCallback(),document.addEventListener(`visibilitychange`,this.renewLease),this.lease=new In(e=>Xe(this.hass,this.config?.config_entry_id,e))}disconnectedCallback(){super.disconnectedCallback(),document.removeEventListener(`visibilitychange`,this.renewLease),this.observer.disconnect(),this.observed.clear(),this.onScreen.clear(),this.lease?.close(),this.lease=void 0}concerns(e){let{hass:t}=this;if(e.locale!==t.locale||e.devices!==t.devices)return!0;let n=this.store?.state.value;return n!==this.entitiesOf&&(this.entities=n?ur(n):[],this.entitiesOf=n),this.entities.some(n=>e.states[n]!==t.states[n])}updated(e){let t=new Set(this.renderRoot.querySelectorAll(`[data-device]`));for(let e of this.observed)t.has(e)||(this.observer.unobserve(e),this.observed.delete(e),this.onScreen.delete(Number(e.dataset.device)));for(let e of t)this.observed.has(e)||(this.observed.add(e),this.observer.observe(e));this.renewLease()}render(){let{store:e,hass:t,localize:n}=this;if(!e)return E;let{value:i,error:a}=e.state;if(!i&&a!==void 0)return w`<ha-card>${Rt(a,t,n,()=>void e.refresh())}</ha-card>`;if(!i)return this.skeleton();if(i.devices.length===0)return this.empty();let o=this.grouping??this.config?.group_by??`gateway`,{search:s,status:c}=this,l=un(on(i,o,t.locale.language),i,t.states,{search:s,status:c});return w`
      ${this.toolbar(i,o)}
      <div class="sections">
        ${l.length>0?Fn(l,e=>e.key,e=>this.section(e,i,o)):w`<ha-card>
                ${Lt({path:r,title:n(`board.nothing_found`),action:w`<button class="tonal" @click=${this.showAll}>
                    ${n(`board.show_all`)}
                  </button>`})}
              </ha-card>`}
      </div>
    `}toolbar(e,t){let{localize:n}=this;return w`<div class="toolbar">
      <legrand-ews-segmented
        .options=${tn.map(e=>({value:e,label:n(`editor.groupings.${e}`)}))}
        .value=${t}
        .label=${n(`board.group_by`)}
        @change=${e=>{this.grouping=e.detail}}
      ></legrand-ews-segmented>
      ${this.statuses(e)} ${e.devices.length>hr?this.searchField():E}
    </div>`}statuses(e){let t=dn(e.devices,this.hass.states),n=Yt.filter(e=>t.has(e));return n.length<2?E:w`<div
      class="chips"
      role="group"
      aria-label=${this.localize(`board.filter_by_status`)}
    >
      ${n.map(e=>w`<button
          class="chip ${e}"
          aria-pressed=${this.status===e}
          @click=${()=>{this.status=this.status===e?null:e}}
        >
          <i></i>${this.localize(`status.${e}`)} <b>${t.get(e)}</b>
        </button>`)}
    </div>`}searchField(){let{localize:e}=this;return w`<label class="search">
      ${z(r)}
      <input
        type="search"
        placeholder=${e(`board.search`)}
        aria-label=${e(`board.search`)}
        .value=${this.search}
        @input=${e=>{this.search=e.target.value}}
      />
      ${this.search?w`<button
              class="icon-button"
              aria-label=${e(`board.clear_search`)}
              @click=${()=>{this.search=``}}
            >
              ${z(`M19,6.41L17.59,5L12,10.59L6.41,5L5,6.41L10.59,12L5,17.59L6.41,19L12,13.41L17.59,19L19,17.59L13.41,12L19,6.41Z`)}
            </button>`:E}
    </label>`}section(e,t,n){let{hass:r,localize:i}=this,a=new Map(t.gateways.map(e=>[e.id,e.name])),o=new Map(t.loads.map(e=>[e.id,e])),s=e.devices.map(e=>({device:e,status:Xt(e,r.states),values:lr(e,r.states,r.locale)})),c=s.filter(({device:e})=>!e.excluded_from_totals).map(({values:e})=>e.power?.base??0),l=Math.max(0,...c);return w`<ha-card>
      ${this.header(e,r.locale.language)}
      ${s.length===0?w`<p class="none">${i(`board.empty_section`)}</p>`:w`<ul>
              ${Fn(s,({device:e})=>e.id,({device:e,status:t,values:s})=>w`<li>
                  <legrand-ews-device-row
                    data-device=${e.id}
                    .device=${e}
                    .load=${o.get(e.load??-1)}
                    .status=${t}
                    .values=${s}
                    .gateway=${n===`gateway`?``:a.get(e.gateway)??``}
                    .largest=${l}
                    .isLinked=${r.user?.is_admin??!1}
                    .localize=${i}
                  ></legrand-ews-device-row>
                </li>`)}
            </ul>`}
    </ha-card>`}header({gateway:e,board:t,devices:n},r){let{localize:a}=this,o=w`<span class="count">
      ${qt(a,r,`board.devices`,n.length)}
    </span>`;if(e)return this.gatewayHeader(e,o);let s=t?.name??a(this.shownGrouping===`board`?`board.no_board`:`board.all_devices`);return w`<header>
      ${z(t?i:`M3 5V19H20V5H3M7 7V9H5V7H7M5 13V11H7V13H5M5 15H7V17H5V15M18 17H9V15H18V17M18 13H9V11H18V13M18 9H9V7H18V9Z`)}
      <div class="names">
        <h2>${s}</h2>
        ${t?.description?w`<p>${t.description}</p>`:E}
      </div>
      ${o}
    </header>`}get shownGrouping(){return this.grouping??this.config?.group_by??`gateway`}gatewayHeader(e,t){let{hass:n,localize:r}=this,i=Qt(e,n.states),a=n.user?.is_admin&&e.device_id?`/config/devices/device/${e.device_id}`:void 0,o=a?w`<a href=${a} @click=${pr}>${e.name}</a>`:e.name,s=[e.address,e.description].filter(Boolean).join(` · `);return w`<header>
      ${z(`M10,2C8.89,2 8,2.89 8,4V7C8,8.11 8.89,9 10,9H11V11H2V13H6V15H5C3.89,15 3,15.89 3,17V20C3,21.11 3.89,22 5,22H9C10.11,22 11,21.11 11,20V17C11,15.89 10.11,15 9,15H8V13H16V15H15C13.89,15 13,15.89 13,17V20C13,21.11 13.89,22 15,22H19C20.11,22 21,21.11 21,20V17C21,15.89 20.11,15 19,15H18V13H22V11H13V9H14C15.11,9 16,8.11 16,7V4C16,2.89 15.11,2 14,2H10M10,4H14V7H10V4M5,17H9V20H5V17M15,17H19V20H15V17Z`)}
      <div class="names">
        <h2>${o}</h2>
        <p title=${s}>${s}</p>
      </div>
      <span class="link ${i}">
        ${i===`unreachable`||i===`off`?z({unreachable:`M5,2V13H8V22L15,10H11L15,2M17,15H19V17H17V15M17,7H19V13H17V7Z`,off:`M9 6.19L7 4.19V2H17L13.5 9H17L15.18 12.37L11.43 8.62L13.76 4H9V6.19M19 18.73L17.73 20L13.41 15.68L10 22V14H7V9.27L2 4.27L3.27 3L19 18.73Z`}[i]):w`<i></i>`}
        ${r(`gateway_status.${i}`)}
      </span>
      ${t}
    </header>`}empty(){let{localize:e}=this,t=this.hass.user?.is_admin??!1;return w`<ha-card>
      ${Lt({path:i,title:e(`board.empty_title`),text:e(`board.empty_text`),...t?{action:w`<a class="tonal" href=${gr} @click=${pr}>
                ${e(`board.empty_action`)}
              </a>`}:{}})}
    </ha-card>`}skeleton(){let e=(e,t)=>w`<span class="bone" style="width:${e};height:${t}px"></span>`;return w`
      <div class="toolbar" role="status" aria-label=${this.localize(`consumption.loading`)}>
        ${e(`280px`,36)}
      </div>
      <div class="sections" aria-hidden="true">
        <ha-card>
          <header>${e(`24px`,24)}<div class="names">${e(`160px`,18)}</div></header>
          <ul>
            ${[52,38,46,60,42,50].map(t=>w`<li class="ghost">
                ${e(`36px`,36)}<span>${e(`${t}%`,14)}</span>${e(`72px`,16)}
              </li>`)}
          </ul>
        </ha-card>
      </div>
    `}static{this.styles=[B,zt,mr]}};H([M()],_r.prototype,`grouping`,void 0),H([M()],_r.prototype,`search`,void 0),H([M()],_r.prototype,`status`,void 0);var vr=`previous`,yr=`missing`,br=3,xr=.2,Sr=.75;function Cr(e,t){return e.rows.filter(e=>!t.has(e.key))}function wr({summary:e,hidden:t},n){if(e.hasPrevious&&!t.has(`previous`))return e.columns.map(e=>Ft(n,e))}function Tr(e){let t=Cr(e.summary,e.hidden),n=wr(e,t)??[],r=e.summary.columns.map(e=>Pt(t,e));return Hn(Math.max(0,...[...r,...n].map(e=>e??0)),e.unit)}function Er(e,t){return t===null||t===e?1:xr}function Dr(e,t,n){let r=t.map(t=>e.findLast(e=>(e.values[t.index]??0)>0));return e.map(e=>({id:e.key,name:e.name,type:`bar`,stack:`current`,barMaxWidth:28,itemStyle:{color:e.color},emphasis:{disabled:!0},data:t.map((t,i)=>({value:e.values[t.index]??`-`,itemStyle:{borderRadius:r[i]===e?[br,br,0,0]:0,opacity:Er(e.key,n)*(t.isRunning?Sr:1)}}))}))}function Or(e,t,n){return{id:vr,type:`bar`,stack:`previous`,barMaxWidth:14,barGap:`12%`,barCategoryGap:`28%`,itemStyle:{color:t.muted,opacity:.28*Er(vr,n),borderRadius:[br,br,0,0]},emphasis:{disabled:!0},data:e.map(e=>e??`-`)}}function kr(e,t){return{id:yr,type:`bar`,stack:`current`,silent:!0,barMaxWidth:28,itemStyle:{color:`transparent`},showBackground:!1,data:e.map(e=>e.isMissing?0:`-`),label:{show:!0,position:`top`,formatter:`?`,color:t.muted}}}function Ar(e){let{summary:t,locale:n,isNarrow:r}=e,{colors:i,fontFamily:a}=e.theme,{columns:o}=t,s=Cr(t,e.hidden),c=Tr(e),l=wr(e,s),u={color:i.muted,fontSize:12,fontFamily:a};return{animation:!e.isStill,animationDuration:300,animationDurationUpdate:300,aria:{enabled:!0,label:{description:e.description}},grid:{top:28,right:0,bottom:6,left:0,outerBoundsMode:`same`,outerBoundsContain:`axisLabel`},xAxis:{type:`category`,data:o.map(e=>e.short),axisTick:{show:!1},axisLine:{lineStyle:{color:i.line}},axisLabel:{...u,margin:10}},yAxis:{type:`value`,name:c.unit,nameGap:12,nameTextStyle:{...u,align:`left`},min:0,splitNumber:r?4:5,axisLabel:{...u,formatter:e=>q(e/c.divisor,n,{maximumFractionDigits:3})},splitLine:{lineStyle:{color:i.line}}},tooltip:{trigger:`axis`,axisPointer:{type:`shadow`,shadowStyle:{color:i.muted,opacity:.08}},confine:!0,padding:0,borderWidth:0,backgroundColor:`transparent`,extraCssText:`box-shadow:none`,transitionDuration:e.isStill?0:.15},series:[...l?[Or(l,i,e.pointed)]:[],...Dr(s,o,e.pointed),...o.some(e=>e.isMissing)?[kr(o,i)]:[]]}}function jr(e,t,n){let r=e.columns[n];if(!r)return;let i=Cr(e,t),a=e.hasPrevious&&!t.has(`previous`);return{title:r.long,isRunning:r.isRunning,lines:i.map(e=>({name:e.name,color:e.color,value:e.values[r.index]??null})).filter(e=>e.value).reverse(),total:Pt(i,r),previous:a?Ft(i,r):void 0}}var Mr=(function(){let e=typeof document<`u`&&document.createElement(`link`).relList;return e&&e.supports&&e.supports(`modulepreload`)?`modulepreload`:`preload`})(),Nr=function(e,t){return new URL(e,t).href},Pr={},Fr=function(e){return e.pathname.endsWith(`.css`)},Ir=function(e,t,n){if(t in e)return e[t];let r=n();if(!r){e[t]=void 0;return}let i=r.then(()=>{e[t]=void 0},n=>{throw e[t]=void 0,n});return e[t]=i,i},Lr=function(e,t,n){let r=Promise.resolve();if(t&&t.length>0){let e,i=document.querySelector(`meta[property=csp-nonce]`),a=i?.nonce||i?.getAttribute(`nonce`);function o(e){return Promise.all(e.map(e=>Promise.resolve(e).then(e=>({status:`fulfilled`,value:e}),e=>({status:`rejected`,reason:e}))))}function s(e){return import.meta.resolve?new URL(import.meta.resolve(e)):new URL(e,import.meta.url)}r=o(t.map(t=>{t=Nr(t,n);let r=s(t),i=Fr(r);return Ir(Pr,r.href,()=>{if(e===void 0){e={all:new Set,styles:new Set};let t=document.getElementsByTagName(`link`);for(let n=t.length-1;n>=0;n--){let r=t[n];e.all.add(r.href),r.rel===`stylesheet`&&e.styles.add(r.href)}}if((i?e.styles:e.all).has(r.href))return;let t=document.createElement(`link`);if(t.rel=i?`stylesheet`:Mr,i||(t.as=`script`),t.crossOrigin=``,t.href=r.href,a&&t.setAttribute(`nonce`,a),document.head.appendChild(t),i)return new Promise((e,n)=>{let i=a=>{t.removeEventListener(`load`,i),t.removeEventListener(`error`,i),a.type===`error`?n(Error(`Unable to preload CSS for ${r}`)):e(a)};t.addEventListener(`load`,i),t.addEventListener(`error`,i)})})}).filter(e=>e!==void 0))}function i(e){let t=new Event(`vite:preloadError`,{cancelable:!0});if(t.payload=e,window.dispatchEvent(t),!t.defaultPrevented)throw e}return r.then(t=>{for(let e of t||[])e.status===`rejected`&&i(e.reason);return e().catch(i)})},Rr=480,Y=class extends A{constructor(...e){super(...e),this.hiddenKeys=new Set,this.pointed=null,this.unit=``,this.heading=``,this.name=``,this.previousName=``,this.isDark=!1,this.isWithoutEngine=!1,this.tooltip=document.createElement(`div`),this.active=-1,this.resize=new ResizeObserver(()=>{this.chart?.resize(),this.draw()})}connectedCallback(){super.connectedCallback(),Lr(()=>import(`./legrand-ews-chart.js`).then(e=>e.t).then(e=>{this.engine=e},()=>{this.isWithoutEngine=!0}),[],import.meta.url),this.hasUpdated&&this.requestUpdate()}disconnectedCallback(){super.disconnectedCallback(),this.resize.disconnect(),this.chart?.dispose(),this.chart=void 0}render(){let e=this.summary&&this.engine;return w`
      <div
        class="plot ${e?``:`waiting`}"
        tabindex=${e?0:-1}
        role="img"
        aria-label=${e?this.describe():this.localize(`consumption.loading`)}
        @keydown=${this.steer}
        @blur=${this.leave}
      ></div>
      <div class="spoken hidden" aria-live="polite"></div>
      ${e||this.isWithoutEngine?E:this.skeleton()} ${this.table()}
    `}updated(){this.engine&&this.isConnected&&(this.chart||(this.chart=this.engine.createChart(this.plot),this.resize.observe(this.plot)),this.draw())}describe(){return this.localize(`consumption.chart`,{title:this.heading,period:this.name,total:J(this.summary?.total??null,this.unit,this.locale)})}draw(){let{chart:e,summary:t}=this;if(!e)return;if(!t){e.clear();return}let n=Ar({summary:t,unit:this.unit,hidden:this.hiddenKeys,pointed:this.pointed,locale:this.locale,theme:{colors:this.colors(),fontFamily:getComputedStyle(this.plot).fontFamily},isNarrow:this.plot.clientWidth<Rr,isStill:matchMedia(`(prefers-reduced-motion: reduce)`).matches,description:this.describe()}),r=e=>this.fillTooltip(e);e.setOption({...n,tooltip:{...n.tooltip,formatter:r}},{replaceMerge:[`series`]}),this.plot.querySelector(`svg`)?.setAttribute(`aria-hidden`,`true`)}colors(){let e=e=>{this.plot.style.color=e;let t=getComputedStyle(this.plot).color;return this.plot.style.color=``,t};return{text:e(`var(--primary-text-color)`),muted:e(`var(--secondary-text-color)`),line:e(`var(--divider-color)`),surface:e(`var(--card-background-color)`)}}fillTooltip(e){let t=(Array.isArray(e)?e[0]:e)?.dataIndex??-1,n=this.summary&&jr(this.summary,this.hiddenKeys,t);if(!n)return``;this.active=t;let r=qn([n.total,n.previous??null],this.unit,this.locale);return ze(w`<div class="tip">
        <h4>
          ${n.title}
          ${n.isRunning?w`<span>${this.localize(`consumption.running`)}</span>`:E}
        </h4>
        ${n.lines.map(e=>w`<p>
            <i style="background:${e.color}"></i><span>${e.name}</span>
            <b>${r(e.value)}</b>
          </p>`)}
        <p class="sum">
          <span>
            ${n.total===null?this.localize(`consumption.missing`):this.localize(`consumption.total`)}
          </span>
          <b>${n.total===null?``:r(n.total)}</b>
        </p>
        ${n.previous===void 0?E:w`<p class="before">
                <i class="previous"></i><span>${this.previousName}</span>
                <b>${r(n.previous)}</b>
              </p>`}
      </div>`,this.tooltip),this.tooltip}steer(e){let t=this.summary?.columns.length??0,n={ArrowRight:Math.min(this.active+1,t-1),ArrowLeft:Math.max(this.active-1,0),Home:0,End:t-1}[e.key];e.key===`Escape`&&this.leave(),n!==void 0&&t!==0&&(e.preventDefault(),this.active=n,this.chart?.dispatchAction({type:`showTip`,seriesIndex:0,dataIndex:n}),this.speak(n))}speak(e){let t=this.summary&&jr(this.summary,this.hiddenKeys,e);if(!t)return;let{title:n,total:r}=t,i=r===null?this.localize(`consumption.missing`):J(r,this.unit,this.locale);this.spoken.textContent=`${n}: ${i}`}leave(){this.active=-1,this.chart?.dispatchAction({type:`hideTip`})}skeleton(){return w`<div class="skeleton" aria-hidden="true">
      ${[32,28,30,45,62,78,84,70,66,72,58,40].map(e=>w`<span class="bone" style="height:${e}%"></span>`)}
    </div>`}table(){let{summary:e,localize:t,locale:n,unit:r}=this;if(!e||e.isEmpty)return E;let i=Cr(e,this.hiddenKeys),a=e=>w`<td>${e==null?t(`consumption.missing`):J(e,r,n)}</td>`;return w`<div class=${this.isWithoutEngine?`table`:`hidden`}>
      <table>
        <caption>
          ${t(`consumption.table`,{period:this.name})}
        </caption>
        <thead>
          <tr>
            <th scope="col">${t(`consumption.time`)}</th>
            ${i.map(e=>w`<th scope="col">${e.name}</th>`)}
            <th scope="col">${t(`consumption.total`)}</th>
            ${e.hasPrevious?w`<th scope="col">${this.previousName}</th>`:E}
          </tr>
        </thead>
        <tbody>
          ${e.columns.map(t=>w`<tr>
              <th scope="row">${t.long}</th>
              ${i.map(e=>a(e.values[t.index]))}
              ${a(Pt(i,t))}
              ${e.hasPrevious?a(Ft(i,t)):E}
            </tr>`)}
        </tbody>
      </table>
    </div>`}static{this.styles=[B,f`
      :host {
        position: relative;
        height: var(--ews-chart-height, 340px);
      }
      .plot {
        width: 100%;
        height: 100%;
        border-radius: var(--ews-radius-small);
        direction: ltr;
      }
      .plot:focus-visible {
        outline: 2px solid var(--primary-color);
        outline-offset: 4px;
      }
      .waiting {
        visibility: hidden;
      }
      .skeleton {
        position: absolute;
        inset: 28px 0 24px;
        display: flex;
        align-items: flex-end;
        justify-content: space-around;
        gap: 4%;
        border-bottom: 1px solid var(--divider-color);
      }
      .skeleton .bone {
        flex: 1;
        border-radius: 4px 4px 0 0;
        background: var(--ews-track);
      }
      .table {
        position: absolute;
        inset: 0;
        overflow: auto;
      }
      .table :is(td, th) {
        padding: 2px var(--ews-space-2);
        text-align: end;
        white-space: nowrap;
      }
      .tip {
        min-width: 190px;
        max-width: 300px;
        padding: var(--ews-space-3);
        border: 1px solid var(--divider-color);
        border-radius: var(--ews-radius);
        color: var(--primary-text-color);
        background: var(--card-background-color);
        box-shadow: 0 4px 16px rgb(0 0 0 / 18%);
        font-family: var(--ha-font-family-body, inherit);
        font-size: 13px;
      }
      .tip h4 {
        display: flex;
        justify-content: space-between;
        gap: var(--ews-space-3);
        margin: 0 0 var(--ews-space-1);
        font-size: inherit;
        font-weight: var(--ews-medium-weight);
      }
      .tip h4::first-letter {
        text-transform: uppercase;
      }
      .tip h4 span {
        color: var(--ews-muted);
        font-weight: normal;
      }
      .tip p {
        display: flex;
        align-items: center;
        gap: var(--ews-space-2);
        margin: 0;
        line-height: 22px;
      }
      .tip p span {
        flex: 1;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .tip b {
        font-weight: normal;
      }
      .tip i {
        width: 10px;
        height: 10px;
        border-radius: 3px;
      }
      .tip i.previous {
        border: 1.5px solid var(--ews-muted);
        background: color-mix(in srgb, var(--ews-muted) 22%, transparent);
      }
      .tip .sum {
        margin-top: var(--ews-space-1);
        padding-top: var(--ews-space-1);
        border-top: 1px solid var(--divider-color);
      }
      .tip .sum :is(b, span) {
        font-weight: var(--ews-medium-weight);
      }
      .tip .before {
        color: var(--ews-muted);
      }
      .tip .before span::first-letter {
        text-transform: uppercase;
      }
    `]}};H([j({attribute:!1})],Y.prototype,`summary`,void 0),H([j({attribute:!1})],Y.prototype,`hiddenKeys`,void 0),H([j({attribute:!1})],Y.prototype,`pointed`,void 0),H([j()],Y.prototype,`unit`,void 0),H([j()],Y.prototype,`heading`,void 0),H([j()],Y.prototype,`name`,void 0),H([j()],Y.prototype,`previousName`,void 0),H([j({type:Boolean})],Y.prototype,`isDark`,void 0),H([j({attribute:!1})],Y.prototype,`locale`,void 0),H([j({attribute:!1})],Y.prototype,`localize`,void 0),H([M()],Y.prototype,`engine`,void 0),H([M()],Y.prototype,`isWithoutEngine`,void 0),H([Ge(`.spoken`)],Y.prototype,`spoken`,void 0),H([Ge(`.plot`)],Y.prototype,`plot`,void 0);var zr=f`
      .row {
        position: relative;
        display: grid;
        grid-template-columns: 36px minmax(0, 1fr) 112px 168px 124px 104px;
        align-items: center;
        column-gap: var(--ews-space-4);
        min-height: 56px;
        padding: 6px var(--ews-space-4);
        transition: background-color 120ms;
      }
      .row:has(a.name, button.name):hover {
        background: var(--ews-track);
      }
      .badge {
        position: relative;
        display: grid;
        place-items: center;
        width: 36px;
        height: 36px;
        border-radius: 50%;
        color: color-mix(in srgb, var(--ews-load) 80%, var(--primary-text-color));
        background: color-mix(in srgb, var(--ews-load) 18%, transparent);
      }
      .dot {
        position: absolute;
        inset-block-end: -1px;
        inset-inline-end: -1px;
        width: 11px;
        height: 11px;
        border: 2px solid var(--card-background-color);
        border-radius: 50%;
        background: var(--disabled-color, #bdbdbd);
      }
      .on .dot {
        background: var(--ews-good);
      }
      .communication_error .dot {
        background: var(--ews-bad);
      }
      .configuration .dot {
        background: var(--ews-warn);
      }
      .what {
        min-width: 0;
      }
      .title {
        display: flex;
        align-items: center;
        gap: 6px;
        min-width: 0;
      }
      .name {
        overflow: hidden;
        font-weight: var(--ews-medium-weight);
        text-align: start;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      /* The whole row leads where its name leads; the figures lie above it. */
      :is(a, button).name::after {
        content: "";
        position: absolute;
        inset: 0;
      }
      .model,
      .where small {
        overflow: hidden;
        color: var(--ews-muted);
        font-size: var(--ews-small);
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .inline-address {
        display: none;
      }
      .mark {
        position: relative;
        z-index: 1;
        flex: none;
        color: var(--ews-muted);
        --ews-icon: 16px;
      }
      .unverified {
        padding: 2px;
        border-radius: 6px;
        color: color-mix(in srgb, var(--ews-warn) 70%, var(--primary-text-color));
        background: color-mix(in srgb, var(--ews-warn) 16%, transparent);
      }
      .aside {
        flex: 0 100 auto;
        min-width: 0;
        padding: 0 6px;
        overflow: hidden;
        border-radius: 6px;
        background: var(--ews-track);
        font-size: 11px;
        line-height: 18px;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .where {
        display: grid;
        justify-items: start;
        min-width: 0;
      }
      .where small {
        max-width: 100%;
      }
      .address {
        padding: 1px 8px;
        border-radius: var(--ha-border-radius-pill, 9999px);
        background: var(--ews-track-strong);
        font-size: var(--ews-small);
        font-weight: var(--ews-medium-weight);
        white-space: nowrap;
      }
      .lines {
        display: grid;
        justify-items: end;
        color: var(--ews-muted);
        font-size: var(--ews-small);
        white-space: nowrap;
      }
      .power,
      .counter {
        display: grid;
        justify-items: end;
        gap: 3px;
      }
      .figure {
        position: relative;
        z-index: 1;
        padding: 2px 6px;
        margin: -2px -6px;
        border-radius: 6px;
        white-space: nowrap;
      }
      .figure:hover {
        background: var(--ews-track-strong);
      }
      .power .figure {
        font-size: var(--ews-large);
        font-weight: var(--ews-medium-weight);
      }
      small {
        color: var(--ews-muted);
        font-size: var(--ews-small);
        font-weight: normal;
      }
      .bar {
        width: 100%;
        height: 3px;
        overflow: hidden;
        border-radius: 2px;
        background: var(--ews-track);
      }
      .bar i {
        display: block;
        height: 100%;
        border-radius: inherit;
        transition: inline-size 400ms;
      }
      .state {
        grid-column: 4 / -1;
        justify-self: end;
        color: var(--ews-muted);
      }
      .communication_error .state {
        color: var(--ews-bad);
        font-weight: var(--ews-medium-weight);
      }
      .configuration .state {
        color: color-mix(in srgb, var(--ews-warn) 70%, var(--primary-text-color));
        font-weight: var(--ews-medium-weight);
      }
      .off :is(.name, .badge) {
        color: var(--ews-muted);
      }
      .explanation {
        display: flex;
        gap: var(--ews-space-2);
        margin: var(--ews-space-1) var(--ews-space-4) var(--ews-space-3);
        padding: var(--ews-space-2) var(--ews-space-3);
        border-radius: var(--ews-radius-small);
        background: color-mix(in srgb, var(--ews-warn) 12%, transparent);
        font-size: 13px;
      }
      @container board (max-width: 860px) {
        .row {
          grid-template-columns: 36px minmax(0, 1fr) 96px 112px 96px;
        }
        .lines {
          display: none;
        }
      }
      @container board (max-width: 600px) {
        .row {
          grid-template-columns: 36px minmax(0, 1fr) auto;
          grid-template-rows: auto auto;
          column-gap: var(--ews-space-3);
          padding: 8px var(--ews-space-3);
        }
        .badge,
        .what {
          grid-row: 1 / -1;
        }
        .where,
        .bar {
          display: none;
        }
        .inline-address {
          display: inline;
        }
        .power {
          grid-area: 1 / 3;
        }
        .counter {
          grid-area: 2 / 3;
          color: var(--ews-muted);
          font-size: var(--ews-small);
        }
        .power:empty + .counter {
          grid-row: 1 / -1;
          color: inherit;
          font-size: inherit;
        }
        .power .figure {
          font-size: var(--ews-normal);
        }
        .state {
          grid-area: 1 / 3 / -1;
          align-self: center;
          max-width: 110px;
          text-align: end;
        }
      }
    `,Br={electricity:t,electricity_export:t,gas:e,water:a},X=class extends A{constructor(...e){super(...e),this.status=`unknown`,this.gateway=``,this.largest=0,this.isLinked=!1,this.isExplained=!1}render(){let{device:e,localize:t,status:n}=this,r=t(`board.address`,{address:e.address});return w`
      <div class="row ${n}" part="row">
        ${this.badge()}
        <div class="what">
          <div class="title">${this.name()} ${this.marks()}</div>
          <div class="model" title=${this.model()}>
            <span class="inline-address">${r} · </span>${this.model()}
          </div>
        </div>
        <div class="where" title=${this.gateway?`${this.gateway}, ${r}`:r}>
          <span class="address">
            <span class="hidden">${r}</span><span aria-hidden="true">${e.address}</span>
          </span>
          ${this.gateway?w`<small>${this.gateway}</small>`:E}
        </div>
        ${this.figures()}
      </div>
      ${this.isExplained?this.explanation():E}
    `}badge(){let{device:e,load:t,status:n}=this,r=Br[e.fluid??``]??`M10,19H13V22H10V19M12,2C17.35,2.22 19.68,7.62 16.5,11.67C15.67,12.67 14.33,13.33 13.67,14.17C13,15 13,16 13,17H10C10,15.33 10,13.92 10.67,12.92C11.33,11.92 12.67,11.33 13.5,10.67C15.92,8.43 15.32,5.26 12,5A3,3 0 0,0 9,8H6A6,6 0 0,1 12,2Z`,i=e.enabled&&t?t.color:`var(--ews-muted)`,a=this.localize(`status.${n}`),o=[t?.name,a].filter(Boolean).join(` · `);return w`<div class="badge" style="--ews-load:${i}" title=${o}>
      ${z(r)}
      <span class="dot"></span>
      <span class="hidden">${o}</span>
    </div>`}name(){let{device:e}=this;if(this.isLinked&&e.device_id)return w`<a class="name" href=${`/config/devices/device/${e.device_id}`} @click=${pr}>${e.name}</a>`;let t=this.values.power?.entityId??this.values.counter?.entityId??e.status_entity;return t?w`<button class="name" @click=${()=>dr(this,t)}>
      ${e.name}
    </button>`:w`<span class="name">${e.name}</span>`}model(){let{device:e,localize:t}=this;if(e.model===null)return t(`board.no_model`);let n=e.description??e.family_name;return[e.printed,n].filter(Boolean).join(` · `)}marks(){let{device:e,localize:t}=this;return w`${e.excluded_from_totals?w`<span class="mark aside" title=${t(`board.excluded`)}>${t(`board.excluded`)}</span>`:E}${en(e)?w`<button
            class="mark unverified"
            aria-expanded=${this.isExplained}
            aria-label=${t(`board.unverified`)}
            title=${t(`board.unverified`)}
            @click=${()=>{this.isExplained=!this.isExplained}}
          >
            ${z(n)}
          </button>`:E}`}explanation(){let e=this.device.provenance===`recalled`?`board.unverified_recalled`:`board.unverified_assumed`;return w`<p class="explanation" role="status">
      ${z(n)}
      <span><strong>${this.localize(`board.unverified`)}.</strong> ${this.localize(e)}</span>
    </p>`}figures(){let{status:e,values:t,localize:n}=this;if(e!==`on`)return w`<div class="state">${n(`status.${e}`)}</div>`;let{power:r,counter:i,voltages:a,currents:o}=t;return w`
      <div class="lines">
        ${this.phases(a,n(`board.voltage`))}
        ${this.phases(o,n(`board.current`))}
      </div>
      <div class="power">
        ${r?this.figure(r):E} ${r?this.bar(r):E}
      </div>
      <div class="counter">${i?this.figure(i):E}</div>
    `}figure(e){return w`<button
      class="figure"
      aria-label=${`${this.localize(`board.${e.kind}`)}: ${e.text.number} ${e.text.unit}`}
      title=${this.localize(`board.${e.kind}`)}
      @click=${()=>dr(this,e.entityId)}
    >
      ${e.text.number} <small>${e.text.unit}</small>
    </button>`}bar(e){return this.device.excluded_from_totals?E:w`<span class="bar"
      ><i style="inline-size:${(100*(this.largest>0?Math.max(0,e.base??0)/this.largest:0)).toFixed(1)}%;background:${this.load?.color??`var(--ews-muted)`}"></i
    ></span>`}phases(e,t){let[n]=e;return n?w`<span title=${t}>
      <span class="hidden">${t}</span>${e.map(e=>e.text.number).join(` · `)} <small>${n.text.unit}</small>
    </span>`:E}static{this.styles=[B,zr]}};H([j({attribute:!1})],X.prototype,`device`,void 0),H([j({attribute:!1})],X.prototype,`load`,void 0),H([j()],X.prototype,`status`,void 0),H([j({attribute:!1})],X.prototype,`values`,void 0),H([j()],X.prototype,`gateway`,void 0),H([j({type:Number})],X.prototype,`largest`,void 0),H([j({type:Boolean})],X.prototype,`isLinked`,void 0),H([j({attribute:!1})],X.prototype,`localize`,void 0),H([M()],X.prototype,`isExplained`,void 0);var Z=class extends A{constructor(...e){super(...e),this.selection={period:`day`,day:null},this.today=``}render(){let{localize:e,selection:t,today:n}=this,{period:r}=t,i=t.day??n,a=L(r,i,n),o={day:e(`consumption.today`),month:e(`consumption.this_month`),year:e(`consumption.this_year`)};return w`
      <legrand-ews-segmented
        .options=${vt.map(t=>({value:t,label:e(`consumption.${t}`)}))}
        .value=${r}
        .label=${e(`consumption.period`)}
        @change=${e=>this.emit(wt(t,e.detail,n))}
      ></legrand-ews-segmented>
      <div class="pages">
        ${this.arrow(-1,`M15.41,16.58L10.83,12L15.41,7.41L14,6L8,12L14,18L15.41,16.58Z`,e(`consumption.earlier`))}
        <div class="date">
          <button
            class="name"
            aria-label="${e(`consumption.pick_date`)}: ${gt(r,i,this.locale)}"
            @click=${this.openPicker}
          >
            ${z(`M7 11H9V13H7V11M21 5V19C21 20.11 20.11 21 19 21H5C3.89 21 3 20.1 3 19V5C3 3.9 3.9 3 5 3H6V1H8V3H16V1H18V3H19C20.11 3 21 3.9 21 5M5 7H19V5H5V7M19 19V9H5V19H19M15 13V11H17V13H15M11 13V11H13V13H11M7 15H9V17H7V15M15 17V15H17V17H15M11 17V15H13V17H11Z`)}
            <span class="long">${gt(r,i,this.locale)}</span>
            <span class="short">${gt(r,i,this.locale,`short`)}</span>
          </button>
          <input
            type="date"
            tabindex="-1"
            aria-hidden="true"
            .value=${i}
            max=${n}
            @change=${this.pick}
          />
        </div>
        ${this.arrow(1,`M8.59,16.58L13.17,12L8.59,7.41L10,6L16,12L10,18L8.59,16.58Z`,e(`consumption.later`))}
        <button
          class="tonal"
          ?disabled=${a}
          @click=${()=>this.emit({period:r,day:null})}
        >
          ${o[r]}
        </button>
      </div>
    `}arrow(e,t,n){let r=Ct(this.selection,e,this.today);return w`<button
      class="icon-button"
      aria-label=${n}
      title=${n}
      ?disabled=${!r}
      @click=${()=>r&&this.emit(r)}
    >
      ${z(t,`turns`)}
    </button>`}openPicker(){this.input.showPicker()}pick(){let e=this.input.value;e&&e<=this.today&&this.emit(bt(this.selection.period,e,this.today))}emit(e){this.dispatchEvent(new CustomEvent(`select`,{detail:e}))}static{this.styles=[B,f`
      :host {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--ews-space-2) var(--ews-space-4);
        container-type: inline-size;
      }
      .pages {
        display: flex;
        align-items: center;
        gap: 2px;
        min-width: 0;
      }
      .icon-button {
        --ews-icon: 24px;
      }
      .date {
        position: relative;
        min-width: 0;
      }
      .name {
        display: flex;
        align-items: center;
        gap: var(--ews-space-2);
        min-height: 36px;
        padding: 0 var(--ews-space-3);
        border-radius: var(--ha-border-radius-pill, 9999px);
        font-weight: var(--ews-medium-weight);
        white-space: nowrap;
        --ews-icon: 18px;
      }
      .name svg {
        color: var(--ews-muted);
      }
      .name span::first-letter {
        text-transform: uppercase;
      }
      .name span {
        display: inline-block;
      }
      .name:hover {
        background: var(--ews-track);
      }
      span.short {
        display: none !important;
      }
      input {
        position: absolute;
        inset: auto 0 0;
        height: 100%;
        width: 100%;
        opacity: 0;
        pointer-events: none;
      }
      .tonal {
        margin-inline-start: var(--ews-space-2);
        white-space: nowrap;
      }
      .tonal:disabled {
        visibility: hidden;
      }
      @container (max-width: 620px) {
        legrand-ews-segmented {
          flex: 1 0 100%;
        }
        .pages {
          flex: 1 0 100%;
          justify-content: space-between;
        }
        .date {
          flex: 1;
        }
        .name {
          width: 100%;
          justify-content: center;
          padding: 0 var(--ews-space-1);
        }
        .tonal {
          padding: 0 var(--ews-space-3);
          margin-inline-start: 0;
        }
        .tonal:disabled {
          display: none;
        }
        span.long {
          display: none !important;
        }
        span.short {
          display: inline-block !important;
        }
      }
    `]}};H([j({attribute:!1})],Z.prototype,`selection`,void 0),H([j()],Z.prototype,`today`,void 0),H([j({attribute:!1})],Z.prototype,`locale`,void 0),H([j({attribute:!1})],Z.prototype,`localize`,void 0),H([Ge(`input`)],Z.prototype,`input`,void 0);var Vr=class extends A{constructor(...e){super(...e),this.options=[],this.value=``,this.label=``}render(){return w`<div role="radiogroup" aria-label=${this.label}>
      ${this.options.map(e=>w`<label>
          <input
            type="radio"
            name="segment"
            .value=${e.value}
            .checked=${e.value===this.value}
            @change=${t=>this.choose(t,e.value)}
          />
          <span>${e.label}</span>
        </label>`)}
    </div>`}choose(e,t){e.stopPropagation(),this.value=t,this.dispatchEvent(new CustomEvent(`change`,{detail:t}))}static{this.styles=[B,f`
      :host {
        display: inline-block;
        max-width: 100%;
      }
      div {
        display: flex;
        gap: 2px;
        padding: 3px;
        border-radius: var(--ha-border-radius-pill, 9999px);
        background: var(--ews-track);
      }
      label {
        position: relative;
        flex: 1 1 auto;
        min-width: 0;
      }
      input {
        position: absolute;
        inset: 0;
        margin: 0;
        opacity: 0;
        pointer-events: none;
      }
      span {
        display: grid;
        place-items: center;
        cursor: pointer;
        min-height: 30px;
        padding: 0 14px;
        border-radius: var(--ha-border-radius-pill, 9999px);
        color: var(--ews-muted);
        font-weight: var(--ews-medium-weight);
        white-space: nowrap;
        transition:
          background-color 150ms,
          color 150ms;
      }
      label:hover span {
        color: var(--primary-text-color);
      }
      input:checked + span {
        color: var(--primary-text-color);
        background: color-mix(
          in srgb,
          var(--primary-color) 24%,
          var(--card-background-color)
        );
      }
      input:focus-visible + span {
        outline: 2px solid var(--primary-color);
        outline-offset: 1px;
      }
      @media (forced-colors: active) {
        input:checked + span {
          outline: 2px solid;
        }
      }
    `]}};H([j({attribute:!1})],Vr.prototype,`options`,void 0),H([j()],Vr.prototype,`value`,void 0),H([j()],Vr.prototype,`label`,void 0);var Q=class extends A{constructor(...e){super(...e),this.hiddenKeys=new Set,this.unit=``,this.previousName=``,this.amount=String}render(){let{summary:e,localize:t}=this;if(!e)return w`<ul aria-hidden="true">
        ${[70,55,80,45,60].map(e=>w`<li>
            <span class="bone" style="width:${e}%;height:18px;margin:11px 8px"></span>
          </li>`)}
      </ul>`;let n=[...e.rows].sort((e,t)=>(t.total??0)-(e.total??0)),r=[...n.map(e=>e.total),e.previousTotal];return this.amount=qn(r,this.unit,this.locale),w`<ul aria-label=${t(`consumption.loads`)}>
      ${n.map(t=>this.row(t,e))}
      ${e.hasPrevious?this.previous(e):E}
    </ul>`}row(e,t){let n=q(t.total?(e.total??0)/t.total:0,this.locale,{style:`percent`,maximumFractionDigits:0});return this.item(e.key,e.name,w`<i style="background:${e.color}"></i>`,w`<span class="share">${e.total===null?``:n}</span>
        <span class="amount">${this.amount(e.total)}</span>`)}previous(e){return this.item(vr,this.previousName,w`<i class="previous"></i>`,w`<span class="amount">
        ${this.amount(e.previousTotal)}
      </span>`)}item(e,t,n,r){let i=!this.hiddenKeys.has(e);return w`<li class=${e===`previous`?`apart`:``}>
      <button
        aria-pressed=${i}
        title=${this.localize(`consumption.show_series`,{name:t})}
        class=${i?``:`off`}
        @click=${()=>this.emit(`toggle`,e)}
        @pointerenter=${()=>this.emit(`point`,e)}
        @pointerleave=${()=>this.emit(`point`,null)}
      >
        ${i?n:z(`M2,5.27L3.28,4L20,20.72L18.73,22L15.65,18.92C14.5,19.3 13.28,19.5 12,19.5C7,19.5 2.73,16.39 1,12C1.69,10.24 2.79,8.69 4.19,7.46L2,5.27M12,9A3,3 0 0,1 15,12C15,12.35 14.94,12.69 14.83,13L11,9.17C11.31,9.06 11.65,9 12,9M12,4.5C17,4.5 21.27,7.61 23,12C22.18,14.08 20.79,15.88 19,17.19L17.58,15.76C18.94,14.82 20.06,13.54 20.82,12C19.17,8.64 15.76,6.5 12,6.5C10.91,6.5 9.84,6.68 8.84,7L7.3,5.47C8.74,4.85 10.33,4.5 12,4.5M3.18,12C4.83,15.36 8.24,17.5 12,17.5C12.69,17.5 13.37,17.43 14,17.29L11.72,15C10.29,14.85 9.15,13.71 9,12.28L5.6,8.87C4.61,9.72 3.78,10.78 3.18,12Z`)}
        <span class="name">${t}</span>
        ${r}
      </button>
    </li>`}emit(e,t){this.dispatchEvent(new CustomEvent(e,{detail:t}))}static{this.styles=[B,f`
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      .apart {
        margin-top: var(--ews-space-1);
        padding-top: var(--ews-space-1);
        border-top: 1px solid var(--divider-color);
      }
      button {
        display: grid;
        grid-template-columns: 16px minmax(0, 1fr) auto minmax(76px, auto);
        align-items: center;
        gap: var(--ews-space-2);
        width: 100%;
        min-height: 36px;
        padding: 0 var(--ews-space-2);
        border-radius: var(--ews-radius-small);
        text-align: start;
        --ews-icon: 16px;
      }
      .apart button {
        grid-template-columns: 16px minmax(0, 1fr) auto;
        color: var(--ews-muted);
      }
      button:hover {
        background: var(--ews-track);
      }
      i {
        width: 12px;
        height: 12px;
        margin-inline-start: 2px;
        border-radius: 4px;
      }
      i.previous {
        border: 1.5px solid var(--ews-muted);
        background: color-mix(in srgb, var(--ews-muted) 22%, transparent);
      }
      .name {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .apart .name::first-letter {
        text-transform: uppercase;
      }
      .share {
        color: var(--ews-muted);
        font-size: var(--ews-small);
      }
      .amount {
        text-align: end;
        white-space: nowrap;
      }
      .off {
        color: var(--ews-muted);
      }
      .off .name {
        text-decoration: line-through;
      }
    `]}};H([j({attribute:!1})],Q.prototype,`summary`,void 0),H([j({attribute:!1})],Q.prototype,`hiddenKeys`,void 0),H([j()],Q.prototype,`unit`,void 0),H([j()],Q.prototype,`previousName`,void 0),H([j({attribute:!1})],Q.prototype,`locale`,void 0),H([j({attribute:!1})],Q.prototype,`localize`,void 0);var $=class extends A{constructor(...e){super(...e),this.unit=``,this.period=`day`,this.name=``,this.previousName=``,this.zone=``,this.compares=!0}render(){let{summary:e,localize:t}=this;return w`<dl>
      <div class="tile main">
        <dt>${this.name}</dt>
        ${this.amount(e?.total)}
        <dd class="note">
          ${e?.isRunning&&e.total!==null?t(`consumption.so_far`):E}
        </dd>
      </div>
      ${this.compares?w`<div class="tile">
                <dt>${this.previousName}</dt>
                ${this.amount(e?.previousTotal)}
                <dd class="note">
                  ${e?.isRunning&&e.hasPrevious?t(`consumption.whole_period`):E}
                </dd>
              </div>
              <div class="tile">
                <dt>${t(`consumption.difference`)}</dt>
                ${this.difference()}
              </div>`:E}
    </dl>`}amount(e){if(e===void 0&&!this.summary)return w`<dd class="value"><span class="bone"></span></dd>`;if(e==null)return w`<dd class="value none">–</dd>`;let{number:t,unit:n}=Gn(e,this.unit,this.locale);return w`<dd class="value">${t} <small>${n}</small></dd>`}difference(){let{summary:e,locale:t,localize:n}=this;if(!e)return this.amount(void 0);let{difference:r}=e;if(!r)return w`<dd class="value none">–</dd>
        <dd class="note">${n(`consumption.no_comparison`)}</dd>`;let i=r.current-r.previous,a=i>0?`M7.03 9.97H11.03V18.89L13.04 18.92V9.97H17.03L12.03 4.97Z`:i<0?`M7.03 13.92H11.03V5L13.04 4.97V13.92H17.03L12.03 18.92Z`:`M19,10H5V8H19V10M19,16H5V14H19V16Z`,o=(i>0?`+`:i<0?`−`:``)+J(Math.abs(i),this.unit,t),s=i>0?`more`:i<0?`less`:``,c=r.isPartial?n(`consumption.where_both`):r.until?n(`consumption.until`,{moment:_t(this.period,r.until,t,this.zone)}):``;return w`<dd class="value change ${s}">
        ${z(a)} ${r.ratio===null?o:Jn(r.ratio,t)}
      </dd>
      <dd class="note">
        ${r.ratio===null?c:[o,c].filter(Boolean).join(` · `)}
      </dd>`}static{this.styles=[B,f`
      :host {
        container-type: inline-size;
      }
      dl {
        display: grid;
        grid-template-columns: repeat(3, minmax(0, 1fr));
        gap: var(--ews-space-3);
        margin: 0;
      }
      .tile {
        min-width: 0;
        padding: var(--ews-space-3) var(--ews-space-4);
        border-radius: var(--ews-radius);
        background: var(--ews-track);
      }
      .main {
        background: color-mix(in srgb, var(--primary-color) 12%, transparent);
      }
      dt {
        overflow: hidden;
        color: var(--ews-muted);
        font-size: var(--ews-small);
        font-weight: var(--ews-medium-weight);
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      dt::first-letter {
        text-transform: uppercase;
      }
      dd {
        margin: 0;
      }
      .value {
        display: flex;
        align-items: baseline;
        gap: 0.25em;
        min-height: 34px;
        font-size: var(--ha-font-size-2xl, 24px);
        font-weight: var(--ews-medium-weight);
        line-height: 34px;
        letter-spacing: -0.01em;
        white-space: nowrap;
      }
      .value small {
        color: var(--ews-muted);
        font-size: var(--ews-normal);
        letter-spacing: 0;
      }
      .value .bone {
        align-self: center;
        width: 60%;
        height: 22px;
      }
      .none {
        color: var(--ews-muted);
      }
      .note {
        overflow: hidden;
        min-height: 17px;
        color: var(--ews-muted);
        font-size: var(--ews-small);
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .change svg {
        align-self: center;
        --ews-icon: 24px;
        margin-inline-start: -6px;
      }
      .less svg {
        color: var(--ews-good);
      }
      .more svg {
        color: var(--ews-warn);
      }
      @container (max-width: 520px) {
        dl {
          grid-template-columns: repeat(2, minmax(0, 1fr));
          gap: var(--ews-space-2);
        }
        .tile {
          padding: var(--ews-space-2) var(--ews-space-3);
        }
        .main {
          grid-column: 1 / -1;
        }
        .tile:not(.main) .value {
          font-size: var(--ha-font-size-xl, 20px);
          min-height: 28px;
          line-height: 28px;
        }
        .note {
          white-space: normal;
        }
      }
    `]}};H([j({attribute:!1})],$.prototype,`summary`,void 0),H([j()],$.prototype,`unit`,void 0),H([j()],$.prototype,`period`,void 0),H([j()],$.prototype,`name`,void 0),H([j()],$.prototype,`previousName`,void 0),H([j()],$.prototype,`zone`,void 0),H([j({type:Boolean})],$.prototype,`compares`,void 0),H([j({attribute:!1})],$.prototype,`locale`,void 0),H([j({attribute:!1})],$.prototype,`localize`,void 0);var Hr=4,Ur=`dashboard`;function Wr(e,t){return{...e,show_icon_and_title:!0,type:`sections`,max_columns:Hr,sections:[{type:`grid`,column_span:Hr,cards:[{...t,grid_options:{columns:`full`}}]}]}}function Gr(e,t){let n=e?{config_entry_id:e.config_entry_id}:{};return[Wr({title:t(`board.title`),path:`panel-board`,icon:`mdi:view-list-outline`},{type:`custom:legrand-ews-panel-board`,...n}),Wr({title:t(`consumption.title`),path:`consumptions`,icon:`mdi:chart-bar-stacked`},{type:`custom:legrand-ews-consumption`,...n,level:`site`,by:`load`,collection:Ur})]}function Kr(e,t){return{...e,title:`${e.title} · ${t.name}`,path:`${e.path}-${t.config_entry_id.toLowerCase()}`}}function qr(e,t,n){let r=e.config_entry_id,i=r?t.filter(e=>e.config_entry_id===r):t,[a]=i;if(i.length>1)return{title:n(`title`),views:i.flatMap(e=>Gr(e,n).map(t=>Kr(t,e)))};let o=a??(r?{config_entry_id:r,name:``}:void 0);return{title:o?.name||n(`title`),views:Gr(o,n)}}var Jr=`legrand-ews`,Yr=class extends HTMLElement{static getCreateSuggestions(e){return{title:V(e.locale.language)(`title`),icon:`mdi:lightning-bolt-circle`}}static shouldRegenerate(e,t,n){return t.locale.language!==n.locale.language}static async generate(e,t){return qr(e,await Ke(t).catch(()=>[]),V(t.locale.language))}},Xr={"legrand-ews-segmented":Vr,"legrand-ews-period-bar":Z,"legrand-ews-total-tiles":$,"legrand-ews-series-legend":Q,"legrand-ews-consumption-chart":Y,"legrand-ews-device-row":X,"legrand-ews-consumption":Cn,"legrand-ews-panel-board":_r,[`ll-strategy-dashboard-${Jr}`]:Yr};if(!customElements.get(`legrand-ews-panel-board`)){for(let[e,t]of Object.entries(Xr))customElements.define(e,t);let e=V(document.documentElement.lang||navigator.language),t=e(`title`);window.customCards??=[],window.customCards.push({type:`legrand-ews-panel-board`,name:`${t}: ${e(`board.title`)}`,description:e(`board.description`),preview:!0},{type:`legrand-ews-consumption`,name:`${t}: ${e(`consumption.grand_total`)}`,description:e(`consumption.description`),preview:!0}),window.customStrategies??=[],window.customStrategies.push({type:Jr,strategyType:`dashboard`,name:t,description:e(`strategy.description`)})}